#pragma once
/// What every report of a rider's has: words, pictures, a limit on how many an hour; and how they are listed.

#include <string>
#include <utility>

#include "http/operations/paging.hpp"
#include "http/server/desk.hpp"
#include "http/server/endpoint.hpp"
#include "http/stations/care_json.hpp"
#include "protocols/journal/reader.hpp"

namespace chautari {

/// Of stations and rentals together.
inline const rate_rule issue_report_rate{
    .name = "issue-report", .burst = 10, .per = milliseconds{3'600'000}, .by = rate_key::user};

/// `description`, from 10 to `longest` characters.
[[nodiscard]] std::string read_report_text(field_reader& fields, std::size_t longest);

/// `images`: at most five files of our own media store, as a JSON array.
[[nodiscard]] std::string read_report_images(field_reader& fields);

/// Answers with one page of `Page::issues`, each as `shown` shows it.
template <class Page, class Question, class Show>
void answer_reports(exchange& in, const reader_actor& reader, Question question, const feed_page& page,
                    Show shown) {
  question.cursor = page.cursor;
  question.page = page.page;
  question.limit = page.limit;
  in.ask<Page>(
      reader, std::move(question),
      [page, shown](exchange& out, const Page& found) {
        auto data = begin_results(found.issues, [&](const auto& view) { return shown(out, view); });
        append_feed_end(data, page, found.next_cursor, found.total);
        out.answer(data);
      },
      answer_page_refusal);
}

}  // namespace chautari
