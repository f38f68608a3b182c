#include "protocols/rentals/story_tables.hpp"

#include <array>

namespace chautari {
namespace {

/// Of rentals.
constexpr auto rental_facts = std::to_array<story_words>({
    {"rental-started", "4.8-2",
     "Bank {bank} was reserved in slot {slot}[; NPR {price} was taken][, {points} points of it][; NPR {held} "
     "is held][; free, the vendor's one of {free_day}].",
     "You asked for a power bank at {origin}[; NPR {price} was taken][; NPR {held} is held][; it is free, "
     "your one of {free_day}].",
     "तपाईंले {origin} मा पावर बैंक माग्नुभयो[; रु {price} काटियो][; रु {held} रोकियो]"
     "[; {free_day} को निःशुल्क]।"},
    {"ejection-confirmed", "4.8-4", "Bank {bank} is out; the clock runs.",
     "Power bank {bank} came out; your time began.", "पावर बैंक {bank} निस्कियो; तपाईंको समय सुरु भयो।"},
    {"bank-exchanged", "4.8-6", "The cabinet did not move bank {released}; bank {reserved} is tried.",
     "The station tried another power bank.", "स्टेसनले अर्को पावर बैंक निकाल्न खोज्यो।"},
    {"ejection-uncertain", "4.8-8",
     "Nobody knows yet whether bank {bank} came out: the money is held, no clock runs.",
     "The station has not said yet whether a power bank came out; no time is counted.",
     "पावर बैंक निस्कियो कि निस्केन, स्टेसनले भनेको छैन; समय गनिएको छैन।"},
    {"rental-cancelled", "4.8-7", "No bank came out[: {result}]; everything paid went back.",
     "No power bank came out; everything you paid was returned.",
     "पावर बैंक निस्केन; "
     "तपाईंले तिरेको सबै फिर्ता भयो।"},
    {"ejection-after-refutation", "4.8-9",
     "The cabinet says after all that bank {bank} came out: the bank is missing, an operator decides; "
     "nothing is charged.",
     "", ""},
    {"cancel-requested", "3.5-1",
     "The rider wants to cancel[: {reason}]; remembered until the ejection is decided.",
     "You asked to cancel; it counts if no power bank comes out.",
     "तपाईंले रद्द गर्न माग्नुभयो; पावर बैंक ननिस्के लागू हुन्छ।"},
    {"rental-extended", "3.6", "Extended by {minutes} minutes[ for NPR {cost}], now due {due_at}.",
     "You bought {minutes} more minutes[ for NPR {cost}].", "तपाईंले {minutes} मिनेट थप्नुभयो[, रु {cost}]।"},
    {"rental-reminded", "3.11", "The rider was told: {event}.", "", ""},
    {"rental-overdue", "3.11", "The bought time was over.", "The time you bought was over.",
     "तपाईंले किनेको समय सकियो।"},
    {"dues-paid", "3.8",
     "The rider paid NPR {amount}[, {points} points of it][; the late fee came to NPR {late_fee} more][; NPR "
     "{due} is left].",
     "You paid NPR {amount}[, {points} points of it].", "तपाईंले रु {amount} तिर्नुभयो[, {points} अंकसहित]।"},
    {"return-claimed", "3.9-2",
     "A cabinet said over HTTP that the bank is back[ in slot {slot}]: the clock stands still until MQTT "
     "confirms it.",
     "A station said that the power bank is back; your clock stands still while this is checked.",
     "एक स्टेसनले पावर बैंक फिर्ता भयो भन्यो; जाँच हुँदासम्म समय रोकिएको छ।"},
    {"claim-refuted", "3.9-2",
     "Two snapshots did not show the bank: the claim was false and the clock runs on.",
     "The power bank was not there after all; your clock runs on.",
     "पावर बैंक त्यहाँ रहेनछ; "
     "तपाईंको समय चल्दै छ।"},
    {"rental-returned", "3.9",
     "Bank {bank} is back[ at {station}][, slot {slot}][; usage NPR {usage}][; late fee NPR {late_fee}][; "
     "NPR {paid} was taken][; NPR {due} is owed][; {points} points awarded].",
     "The power bank came back[ at {destination}][; late fee NPR {late_fee}][; NPR {paid} was taken][; you "
     "got {points} points].",
     "पावर बैंक फिर्ता भयो[: {destination}][; ढिलाइ शुल्क रु {late_fee}][; रु {paid} काटियो][; {points} अंक "
     "पाउनुभयो]।"},
    {"rental-quick-return", "3.5-3", "Back at once and hardly used: cancelled[, NPR {refund} went back].",
     "You brought it back at once: nothing was charged[, NPR {refund} was returned].",
     "तपाईंले तुरुन्तै फिर्ता गर्नुभयो: केही काटिएन[, रु {refund} फिर्ता भयो]।"},
    {"swap-requested", "3.7",
     "The rider wants another bank[: {reason}]; bank {bank} is reserved until {until}.",
     "You asked to swap the power bank.", "तपाईंले पावर बैंक साट्न माग्नुभयो।"},
    {"swap-expired", "3.7", "The old bank did not come back in time: bank {bank} is free again.",
     "The old power bank did not come back in time to be swapped.",
     "साट्ने समयभित्र "
     "पुरानो पावर बैंक फिर्ता भएन।"},
    {"bank-returned-for-swap", "3.7", "Bank {returned} is back to be swapped; bank {next} is being ejected.",
     "Your old power bank {returned} is back; the new one is coming.",
     "पुरानो पावर बैंक {returned} फिर्ता भयो; नयाँ आउँदै छ।"},
    {"swap-failed", "3.7",
     "The cabinet gave the old bank {bank} out again: nothing was swapped[; {kept} is free].",
     "The cabinet gave you the same power bank {bank} again.", "क्याबिनेटले उही पावर बैंक {bank} फेरि दियो।"},
    {"bank-swapped", "3.7", "Bank {bank} is out instead; time and price go on.",
     "You got power bank {bank} instead.", "तपाईंले सट्टामा पावर बैंक {bank} पाउनुभयो।"},
    {"rental-lost", "3.11",
     "Written off as lost[: penalty NPR {lost_penalty}][, late fee NPR {late_fee}][; NPR {due} is owed].",
     "The power bank counts as lost[: NPR {lost_penalty}].", "पावर बैंक हराएको मानियो[: रु {lost_penalty}]।"},
    {"lost-bank-found", "3.11-found",
     "The lost bank is here again[: {station}][, slot {slot}][; the bill changes by NPR {adjustment}][; NPR "
     "{refund} went back].",
     "The power bank was found[; NPR {refund} was returned].", "पावर बैंक भेटियो[; रु {refund} फिर्ता भयो]।"},
    {"rental-forced", "3.12", "An operator ended the rental[: {resolution}][; {reason}].",
     "Our staff ended the rental.", "हाम्रा कर्मचारीले भाडा अन्त्य गरे।"},
});

/// Of cabinets; nobody but operators reads them.
constexpr auto cabinet_facts = std::to_array<story_words>({
    {"ejection-sent", "4.8-3", "Told to eject bank {bank} from slot {slot}[, try {attempt}].", "", ""},
    {"ejection-adopted-another-bank", "4.8-5", "Another bank came out than the one that was meant ({bank}).",
     "", ""},
    {"ejection-busy", "4.8-6", "Still busy with the ejection before: the same bank is tried once more.", "",
     ""},
    {"ejection-not-moved", "4.8-6", "Bank {bank} was not moved[ (code {code})].", "", ""},
    {"ejection-repeated", "4.8-6", "Bank {bank} is tried once more.", "", ""},
    {"ejection-doubtful", "4.8-7",
     "The answer about bank {bank} is doubtful[ (code {code})]: snapshots will tell.", "", ""},
    {"ejection-reply-missing", "4.8-7", "No answer about bank {bank}: snapshots will tell.", "", ""},
    {"ejection-reply-unreadable", "4.8-7",
     "Something came out, but the answer has no number: snapshots will tell.", "", ""},
    {"ejection-confirmed-by-snapshot", "4.8-7", "A snapshot does not show bank {bank} any more: it is out.",
     "", ""},
    {"ejection-refuted-by-snapshot", "4.8-7", "Snapshots still show bank {bank}: it did not come out.", "",
     ""},
    {"ejection-dark", "4.8-8",
     "A day without a word about bank {bank}: it is missing, the rider is refunded.", "", ""},
    {"ejection-incident", "4.8-9", "Bank {bank} came out after its ejection was refuted: it is missing.", "",
     ""},
    {"ejection-success-after-refusal", "4.8-9", "The cabinet says now that bank {bank} came out after all.",
     "", ""},
    {"bank-missing", "2.7-5", "Two snapshots do not show bank {bank}[ in slot {slot}]: it is missing.", "",
     ""},
    {"bank-found", "2.7-4", "Bank {bank} is here again[, slot {slot}].", "", ""},
    {"bank-quarantined", "2.7-4", "Bank {bank}[ in slot {slot}] is in nobody's books: quarantined.", "", ""},
    {"bank-in-two-cabinets", "2.7-6", "Bank {bank} was shown by two cabinets: the newest word counts.", "",
     ""},
    {"bank-fault", "2.7-3", "Bank {bank}[ in slot {slot}] reports a fault[ (code {code})].", "", ""},
    {"bank-taken-out", "5.3", "An operator took bank {bank} out[ of slot {slot}].", "", ""},
    {"slot-disabled", "4.8-7", "Slot {slot} failed three times in a row: disabled.", "", ""},
    {"slot-created", "2.7-3", "Slot {slot} is not in the books: accepted, disabled.", "", ""},
    {"slot-forced-open", "2.7-3", "Slot {slot} was forced open.", "", ""},
    {"slot-switch-broken", "2.7-3", "The switch of slot {slot} is broken.", "", ""},
    {"slot-alert", "2.7-3", "Slot {slot} raises an alert[ (code {code})].", "", ""},
    {"cabinet-online", "2.6", "The cabinet is online.", "", ""},
    {"cabinet-offline", "2.6", "The cabinet is offline.", "", ""},
    {"command-issued", "5.3", "An operator gave a command[: {kind}].", "", ""},
    {"command-ended", "5.3", "A command ended[: {kind}][, {state}].", "", ""},
});

constexpr auto all_facts = [] {
  std::array<story_words, rental_facts.size() + cabinet_facts.size()> all{};
  std::size_t at = 0;
  for (const auto& one : rental_facts)
    all[at++] = one;
  for (const auto& one : cabinet_facts)
    all[at++] = one;
  return all;
}();

constexpr auto summaries = std::to_array<story_words>({
    {"summary-asked", "", "Rental {code}: {rider} asked for a bank at {origin} on {asked}.", "", ""},
    {"summary-pending", "", "Whether a bank comes out is not known yet; no clock runs.",
     "The station is getting your power bank ready.", "स्टेसनले तपाईंको पावर बैंक तयार गर्दै छ।"},
    {"summary-active", "", "Bank {bank} is out since {started} and due {due_by}.",
     "You have power bank {bank} since {started}. Bring it back by {due_by}.",
     "तपाईंसँग {started} देखि पावर बैंक {bank} छ। {due_by} सम्ममा फिर्ता गर्नुहोस्।"},
    {"summary-overdue", "",
     "Bank {bank} is out since {started} and was due {due_by}: {overdue} minutes late.",
     "You have power bank {bank} since {started}. It was due {due_by}.",
     "तपाईंसँग {started} देखि पावर बैंक {bank} छ। म्याद {due_by} मा सकियो।"},
    {"summary-in-time", "",
     "Bank {bank} was out from {started} to {ended}, {used} of {bought} minutes, and came back in time[ to "
     "{destination}][, slot {return_slot}].",
     "You had power bank {bank} from {started} to {ended}: {used} of {bought} minutes.",
     "तपाईंले पावर बैंक {bank} {started} देखि {ended} सम्म राख्नुभयो: {bought} मध्ये {used} मिनेट।"},
    {"summary-late", "",
     "Bank {bank} was out from {started} to {ended}, {used} minutes, and came back {overdue} minutes late[ "
     "to {destination}][, slot {return_slot}].",
     "You had power bank {bank} from {started} to {ended} and brought it back {overdue} minutes late.",
     "तपाईंले पावर बैंक {bank} {started} देखि {ended} सम्म राखी {overdue} मिनेट ढिलो फिर्ता गर्नुभयो।"},
    {"summary-lost", "", "Bank {bank} is out since {started}; at {ended} it was written off as lost.",
     "Power bank {bank} did not come back and counts as lost since {ended}.",
     "पावर बैंक {bank} फिर्ता भएन र {ended} देखि हराएको मानिएको छ।"},
    {"summary-found", "", "Bank {bank} was written off as lost at {ended} and found again at {found}.",
     "Power bank {bank} counted as lost since {ended} and was found at {found}.",
     "{ended} देखि हराएको मानिएको पावर बैंक {bank} {found} मा भेटियो।"},
    {"summary-forced", "", "An operator ended it as of {ended}.", "Our staff ended this rental at {ended}.",
     "हाम्रा कर्मचारीले यो भाडा {ended} मा अन्त्य गरे।"},
    {"summary-not-ejected", "", "No bank came out; cancelled.", "No power bank came out.",
     "पावर बैंक "
     "निस्केन।"},
    {"summary-given-up", "", "The rider gave it up and no bank came out; cancelled.",
     "You cancelled, and no power bank came out.", "तपाईंले रद्द गर्नुभयो, र पावर बैंक निस्केन।"},
    {"summary-quick-return", "",
     "Back at {ended}, {used} minutes after {started}, and hardly used: cancelled as a quick return.",
     "You brought power bank {bank} back at once.", "तपाईंले पावर बैंक {bank} तुरुन्तै फिर्ता गर्नुभयो।"},
    {"summary-admin-cancel", "", "An operator cancelled it.", "Our staff cancelled this rental.",
     "हाम्रा कर्मचारीले यो भाडा रद्द गरे।"},
    {"summary-claim", "",
     "A cabinet claimed over HTTP at {claimed} that the bank is back; the clock stands still until MQTT "
     "confirms it.",
     "A station says that the power bank is back since {claimed}; this is being checked, your clock stands "
     "still.",
     "{claimed} मा पावर बैंक फिर्ता भयो भनी एक स्टेसनले भनेको छ; जाँच हुँदै छ, समय रोकिएको छ।"},
    {"summary-swap-open", "", "A swap is open until {swap_until}: bank {swap_bank} is reserved.",
     "Put the old power bank back by {swap_until} and you get another one.",
     "{swap_until} भित्र पुरानो पावर बैंक फिर्ता राख्नुहोस्, अर्को पाउनुहुन्छ।"},
    {"summary-extended", "",
     "Extended {extensions} times: {extended_minutes} minutes[ for NPR {extensions_cost}].",
     "You bought {extended_minutes} more minutes[ for NPR {extensions_cost}].",
     "तपाईंले {extended_minutes} मिनेट थप्नुभयो[, रु {extensions_cost}]।"},
    {"summary-swapped", "", "The bank was swapped, {swaps} in all.", "You swapped the power bank.",
     "तपाईंले पावर बैंक साट्नुभयो।"},
    {"summary-prepaid", "", "{package} for NPR {base}[, a discount of {discount} % taken off].",
     "{package}: NPR {base}[, after {discount} % off].", "{package}: रु {base}[, {discount} % छुट पछि]।"},
    {"summary-postpaid", "",
     "Paid after use: {billed} of at most {bought} minutes at NPR {list_price} for {duration} minutes is NPR "
     "{base}[, a discount of {discount} % taken off].",
     "{billed} minutes at NPR {list_price} for {duration} minutes: NPR {base}[, after {discount} % off].",
     "{billed} मिनेट, {duration} मिनेटको रु {list_price} का दरले: रु {base}[, {discount} % छुट पछि]।"},
    {"summary-late-fee", "",
     "Late fee: {overdue} minutes[, {grace} of them free,][ at {multiplier} times NPR {list_price} for "
     "{duration} minutes][ and NPR {flat} an hour] is NPR {late_fee}[; never more than NPR {cap} a day].",
     "Late fee: {overdue} minutes[, {grace} of them free,][ at {multiplier} times NPR {list_price} for "
     "{duration} minutes][ and NPR {flat} an hour] is NPR {late_fee}[; never more than NPR {cap} a day].",
     "ढिलाइ शुल्क: {overdue} मिनेट[ ({grace} मिनेट छुट)][, {duration} मिनेटको रु {list_price} "
     "को {multiplier} "
     "गुना][, घण्टाको रु {flat}] — रु {late_fee}[; दिनको बढीमा रु {cap}]।"},
    {"summary-penalty", "", "Penalty for the lost bank: NPR {lost_penalty}.",
     "For the lost power bank: NPR {lost_penalty}.", "हराएको पावर बैंकको: रु {lost_penalty}।"},
    {"summary-adjusted", "", "Corrected by NPR {adjustment}.", "Corrected by NPR {adjustment}.",
     "मिलान: रु {adjustment}।"},
    {"summary-owed", "", "Charged NPR {charged}, paid NPR {paid}: NPR {due} is owed.",
     "NPR {due} is still owed.", "रु {due} तिर्न बाँकी छ।"},
    {"summary-so-far", "", "NPR {charged} so far[, NPR {paid} of it paid].", "NPR {due} to pay so far.",
     "अहिलेसम्म रु {due} तिर्नुपर्छ।"},
    {"summary-paid", "", "Charged NPR {charged}, all of it paid.", "Everything is paid.",
     "सबै "
     "तिरिसकिएको छ।"},
    {"summary-held", "", "NPR {held} of the wallet is held until the end.",
     "NPR {held} of your wallet is held until the end.", "वालेटको रु {held} अन्त्यसम्म रोकिएको छ।"},
    {"summary-refunded", "", "Nothing is charged; everything paid went back.",
     "Everything you paid was returned.", "तपाईंले तिरेको सबै फिर्ता भयो।"},
    {"summary-free-ejection", "", "It is the vendor's free ejection of {free_day}.",
     "It is your free one of {free_day}.", "यो {free_day} को तपाईंको निःशुल्क पटक हो।"},
    {"summary-free", "", "Nothing is charged.", "Nothing was charged.", "केही काटिएन।"},
});

using rule_word = std::pair<std::string_view, std::string_view>;
constexpr auto rules = std::to_array<rule_word>({
    {"2.6",
     "A station is online while its broker session is up or anything came from it within 25 minutes; a "
     "disconnect counts after 90 seconds."},
    {"2.7", "A cabinet's snapshot says what is there, but for what an operator decided."},
    {"2.7-2",
     "Within 5 seconds after an ejection was sent a snapshot may still show the bank: not believed."},
    {"2.7-3", "Each slot is what the cabinet says of it; a slot an operator disabled stays disabled."},
    {"2.7-4",
     "A bank that is seen is where it is seen: a lost or missing one is found, one nobody knows is "
     "quarantined; maintenance and damage only an operator takes back."},
    {"2.7-5", "A bank that two snapshots in a row do not show is missing."},
    {"2.7-6", "Of two cabinets that show the same bank the newest word counts."},
    {"3.4",
     "A start needs a rider in good standing, a station with fresh stock, and the money, in this order."},
    {"3.5", "Only the cabinet knows whether a bank came out or came back: it ends the rental, not the wish."},
    {"3.5-1",
     "While the ejection is undecided a wish to cancel is remembered; it counts if nothing came out."},
    {"3.5-2", "A rental whose bank is out ends by its return."},
    {"3.5-3",
     "Back at its station within the free window and hardly used: cancelled, everything paid goes back; "
     "a few times a day."},
    {"3.5-4", "Money goes back in the mix it came in; points are rounded up in the rider's favour."},
    {"3.6",
     "An extension moves the due time by its package. Prepaid, its price is paid at once; postpaid, its "
     "minutes are paid with the use."},
    {"3.7",
     "A swap is asked for before the return: the old bank's return in time at the same station ejects the "
     "bank reserved for it; start, due time and price stay."},
    {"3.8", "What is owed can be paid at any time; what was paid is never asked for again."},
    {"3.9",
     "The bank is where a cabinet shows it. The first fact that proves it ends the rental; later ones only "
     "say where the bank is."},
    {"3.9-1", "A fact counts once, however often and by whichever door it is told."},
    {"3.9-2",
     "An HTTP call proves nothing: the clock stands still until MQTT confirms it; two snapshots without "
     "the bank refute it."},
    {"3.9-3",
     "The use ends when the first fact came; after an outage, when the station was last heard before "
     "it: nobody pays for our outage."},
    {"3.9-5", "At the end the charges are final and taken from points and wallet as far as they reach."},
    {"3.10",
     "Rates are exact fractions of the list price; only the result is rounded, half up to the paisa."},
    {"3.11",
     "Past its due time a rental is overdue, and its late fee begins after the grace minutes; a bank that "
     "stays "
     "away too long counts as lost: the late fee is frozen, the penalty agreed at the start is added."},
    {"3.11-found",
     "A lost bank that is seen again takes the penalty back; the late fee stays, never above the penalty; "
     "what "
     "was paid beyond goes back to the wallet."},
    {"3.12",
     "An operator may end an open rental as returned, lost or cancelled, with a reason; it is settled "
     "like any other."},
    {"4.8", "A command is stored before it is published; what a cabinet did is never rolled back."},
    {"4.8-1", "A rental needs a snapshot of the last 60 seconds."},
    {"4.8-2", "The bank is reserved, the money taken and the command written in one commit."},
    {"4.8-3", "The command is stored as sent, then published once, at most once."},
    {"4.8-4", "The cabinet confirmed this very bank: it is out."},
    {"4.8-5", "The cabinet gave another bank: that one is out on this rental."},
    {"4.8-6", "The cabinet said that nothing moved: one more try, two in all."},
    {"4.8-7", "Without a clear answer snapshots decide: absent, the bank is out; shown twice, it stayed."},
    {"4.8-8",
     "After 120 seconds without a word it is uncertain: the money is held, no clock runs; the next "
     "snapshot decides, after a day the rider is refunded."},
    {"4.8-9",
     "A success after a refutation is an incident: the bank is missing, an operator decides, nothing is "
     "charged."},
    {"4.8-10", "After a crash an open ejection is verified by snapshots, never published again."},
    {"5.3", "Operators' commands are stored with who gave them, and audited."},
});

}  // namespace

std::span<const story_words> fact_words() { return all_facts; }
std::span<const story_words> summary_words() { return summaries; }
std::span<const std::pair<std::string_view, std::string_view>> rule_words() { return rules; }

}  // namespace chautari
