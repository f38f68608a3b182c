/// How many rental starts and how many changes of rentals a second the journal stores, at several batch
/// sizes, through one connection; and how long recovery takes. usage: bench_journal HOST PORT DATABASE USER
/// [PASSWORD]  (an empty database)

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/journal/rental_starts.hpp"
#include "persistence/journal/batch_writer.hpp"
#include "persistence/migrations/migrate.hpp"
#include "persistence/recovery/recover.hpp"
#include "persistence/seed/seed.hpp"

namespace {

using namespace chautari;
using clock_type = std::chrono::steady_clock;

double seconds_since(clock_type::time_point begin) {
  return std::chrono::duration<double>(clock_type::now() - begin).count();
}

void require(bool holds, const std::string& why) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

void tell(const char* what, std::size_t size, std::size_t batches, double took) {
  std::printf("batch %4zu: %8.0f %s/s, %7.2f ms a batch\n", size, static_cast<double>(size * batches) / took,
              what, 1e3 * took / static_cast<double>(batches));
}

void measure_changes(batch_writer& writer, bench::rental_starts& starts, std::size_t size,
                     std::size_t batches) {
  std::vector<std::vector<record>> prepared;
  for (std::size_t at = 0; at < batches; ++at)
    prepared.push_back(starts.next_changes(size));
  const auto begin = clock_type::now();
  for (const auto& batch : prepared) {
    for (const auto& fate : writer.write(batch))
      require(fate.what == record_fate::kind::stored, fate.message);
  }
  tell("changes", size, batches, seconds_since(begin));
}

void measure_batches(const database_settings& database) {
  batch_writer writer{database};
  bench::rental_starts starts;
  for (const std::size_t size : std::array<std::size_t, 6>{1, 4, 16, 64, 256, 512}) {
    const std::size_t batches = size < 16 ? 400 : 6000 / size;
    std::vector<std::vector<record>> prepared;
    for (std::size_t at = 0; at < batches; ++at)
      prepared.push_back(starts.next_batch(size));
    for (const auto& fate : writer.write(starts.riders()))
      require(fate.what == record_fate::kind::stored, fate.message);
    const auto begin = clock_type::now();
    for (const auto& batch : prepared) {
      for (const auto& fate : writer.write(batch))
        require(fate.what == record_fate::kind::stored, fate.message);
    }
    tell("starts", size, batches, seconds_since(begin));
    measure_changes(writer, starts, size, batches);
  }
}

void measure_reports(const database_settings& database) {
  batch_writer writer{database};
  bench::rental_starts starts;
  for (const std::size_t size : std::array<std::size_t, 3>{16, 128, 512}) {
    std::vector<std::vector<record>> prepared;
    for (std::size_t at = 0; at < 20'000 / size; ++at)
      prepared.push_back(starts.next_reports(size));
    const auto begin = clock_type::now();
    for (const auto& batch : prepared)
      static_cast<void>(writer.write(batch));
    const double took = seconds_since(begin);
    std::printf("batch %4zu: %8.0f cabinet reports/s\n", size,
                static_cast<double>(size * prepared.size()) / took);
  }
}

void measure_recovery(const database_settings& database) {
  auto begin = clock_type::now();
  const auto problem = seed_scale(database, {100'000, 8, 10'000});
  require(problem.empty(), problem);
  std::printf("seeding 100,000 stations: %.1f s\n", seconds_since(begin));
  begin = clock_type::now();
  const auto report = recover(database, timestamp{});
  require(report.is_ready(), report.problem);
  std::printf("recovery of %zu stations, %zu open rentals: %.2f s\n", report.network.stations.size(),
              report.network.open_rentals.size(), seconds_since(begin));
}

}  // namespace

int main(int count, char** words) {
  require(count >= 5, "usage: bench_journal HOST PORT DATABASE USER [PASSWORD]");
  database_settings database;
  database.host = words[1];
  database.port = static_cast<std::uint16_t>(std::atoi(words[2]));
  database.name = words[3];
  database.user = words[4];
  if (count > 5) database.password = words[5];
  const auto migrated = migrate(database);
  require(migrated.is_ready(), migrated.problem);
  measure_batches(database);
  measure_reports(database);
  measure_recovery(database);
  return 0;
}
