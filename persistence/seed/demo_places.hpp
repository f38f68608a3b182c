#pragma once
/// Where the demonstration's stations stand: places people meet in six cities of Nepal.

#include <array>

namespace chautari {

struct demo_place {
  const char* serial;
  const char* name;
  const char* address;
  const char* landmark;
  double latitude;
  double longitude;
  int slots;
  int opening_minute;  ///< -1: always open.
  int closing_minute;
};

inline constexpr std::array<demo_place, 30> demo_places{{
    {"KTM-0001", "Thamel Chowk", "Thamel Marg, Kathmandu 44600", "Opposite Garden of Dreams", 27.7154,
     85.3123, 24, -1, -1},
    {"KTM-0002", "Durbar Marg", "Durbar Marg, Kathmandu 44600", "Beside the Narayanhiti gate", 27.7126,
     85.3178, 16, -1, -1},
    {"KTM-0003", "Ratna Park Bus Stop", "Kantipath, Kathmandu 44600", "East entrance", 27.7066, 85.3153, 24,
     -1, -1},
    {"KTM-0004", "Boudha Stupa Gate", "Boudha Road, Kathmandu 44600", "Main gate of the stupa", 27.7215,
     85.3620, 20, 360, 1320},
    {"KTM-0005", "Civil Mall Sundhara", "Sundhara, Kathmandu 44600", "Ground floor, north entrance", 27.6996,
     85.3126, 12, 600, 1260},
    {"LAL-0001", "Patan Durbar Square", "Mangal Bazar, Lalitpur 44700", "Beside the museum ticket counter",
     27.6727, 85.3252, 24, -1, -1},
    {"LAL-0002", "Jawalakhel Chowk", "Jawalakhel, Lalitpur 44700", "Opposite the zoo", 27.6730, 85.3137, 16,
     -1, -1},
    {"LAL-0003", "Jhamsikhel Food Street", "Jhamsikhel, Lalitpur 44700", "Next to the red brick cafe",
     27.6785, 85.3096, 24, -1, -1},
    {"LAL-0004", "Labim Mall", "Pulchowk, Lalitpur 44700", "Ground floor lobby", 27.6774, 85.3168, 20, 600,
     1290},
    {"LAL-0005", "Lagankhel Bus Park", "Lagankhel, Lalitpur 44700", "Ticket counter 3", 27.6668, 85.3232, 12,
     -1, -1},
    {"BKT-0001", "Bhaktapur Durbar Square", "Durbar Square, Bhaktapur 44800", "Golden Gate", 27.6721, 85.4283,
     24, -1, -1},
    {"BKT-0002", "Suryabinayak Chowk", "Araniko Highway, Bhaktapur 44800", "Under the overhead bridge",
     27.6656, 85.4227, 16, -1, -1},
    {"BKT-0003", "Taumadhi Square", "Taumadhi, Bhaktapur 44800", "Steps of Nyatapola", 27.6714, 85.4294, 24,
     -1, -1},
    {"BKT-0004", "Kamalbinayak", "Kamalbinayak, Bhaktapur 44800", "By the pond", 27.6772, 85.4377, 20, -1,
     -1},
    {"BKT-0005", "Nagarkot View Tower", "Nagarkot, Bhaktapur 44812", "Tea house below the tower", 27.7172,
     85.5205, 12, 300, 1200},
    {"PKR-0001", "Lakeside Centre Point", "Lakeside Road 6, Pokhara 33700", "Opposite the boat jetty",
     28.2096, 83.9586, 24, -1, -1},
    {"PKR-0002", "Hallan Chowk", "Lakeside, Pokhara 33700", "Corner of Hallan Chowk", 28.2130, 83.9560, 16,
     -1, -1},
    {"PKR-0003", "Prithvi Chowk Bus Park", "Prithvi Chowk, Pokhara 33700", "Tourist bus counter", 28.2105,
     83.9937, 24, -1, -1},
    {"PKR-0004", "Mahendrapul Bazar", "Mahendrapul, Pokhara 33700", "Bhimsen Tol junction", 28.2266, 83.9873,
     20, -1, -1},
    {"PKR-0005", "Sarangkot Cable Car", "Sarangkot, Pokhara 33700", "Lower station", 28.2276, 83.9530, 12,
     330, 1170},
    {"CHT-0001", "Narayangadh Pulchowk", "Pulchowk, Bharatpur 44200", "Bridge side", 27.6990, 84.4253, 24, -1,
     -1},
    {"CHT-0002", "Chaubiskothi Chowk", "Chaubiskothi, Bharatpur 44207", "Hospital road", 27.6840, 84.4310, 16,
     -1, -1},
    {"CHT-0003", "Sauraha Gaida Chowk", "Sauraha, Ratnanagar 44204", "Gaida statue", 27.5825, 84.4960, 24, -1,
     -1},
    {"CHT-0004", "Tandi Bazar", "Ratnanagar 44204", "East-West Highway bus stop", 27.6220, 84.5130, 20, -1,
     -1},
    {"CHT-0005", "Bharatpur Airport", "Airport Road, Bharatpur 44207", "Departure hall", 27.6781, 84.4296, 12,
     360, 1140},
    {"BRT-0001", "Traffic Chowk Biratnagar", "Main Road, Biratnagar 56613", "Traffic post", 26.4540, 87.2790,
     24, -1, -1},
    {"BRT-0002", "Mahendra Chowk", "Mahendra Chowk, Biratnagar 56613", "Rickshaw stand", 26.4620, 87.2820, 16,
     -1, -1},
    {"BRT-0003", "Biratnagar Bus Park", "Bus Park, Biratnagar 56613", "Counter 7", 26.4674, 87.2829, 24, -1,
     -1},
    {"BRT-0004", "Bargachhi Chowk", "Bargachhi, Biratnagar 56613", "Clock tower", 26.4716, 87.2853, 20, -1,
     -1},
    {"BRT-0005", "Biratnagar Airport", "Airport Road, Biratnagar 56613", "Arrival hall", 26.4815, 87.2640, 12,
     360, 1140},
}};

}  // namespace chautari
