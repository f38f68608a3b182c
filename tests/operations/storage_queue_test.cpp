#include "config/storage_queue.hpp"

#include <gtest/gtest.h>

#include "protocols/base/time.hpp"

namespace chautari {
namespace {

struct storage_queue_test : ::testing::Test {
  monotonic now{seconds{50}};
  storage_queue queue{[this] { return now; }};

  /// Batches of 100 records in 20 ms each, until they are the mean.
  void settle_at_100_records_in_20_ms() {
    for (int round = 0; round < 100; ++round)
      queue.batch_written(100, 0.020);
  }
};

TEST_F(storage_queue_test, nobody_waits_before_anything_was_written) {
  EXPECT_EQ(queue.wait(), monotonic{0});
  queue.backlog_changed(1);
  EXPECT_EQ(queue.wait(), monotonic{0});
}

TEST_F(storage_queue_test, a_batch_under_way_and_one_that_gathers_are_work_and_no_queue) {
  settle_at_100_records_in_20_ms();
  queue.backlog_changed(200);
  EXPECT_EQ(queue.wait(), monotonic{0});
  queue.backlog_changed(700);
  EXPECT_EQ(queue.wait(), monotonic{milliseconds{100}});
}

TEST_F(storage_queue_test, a_database_that_makes_no_progress_is_a_wait_however_short_the_queue) {
  settle_at_100_records_in_20_ms();
  queue.backlog_changed(1);
  now += milliseconds{540};
  EXPECT_EQ(queue.wait(), monotonic{milliseconds{500}});
  queue.backlog_changed(2);  // More work is no progress.
  EXPECT_EQ(queue.wait(), monotonic{milliseconds{500}});
  queue.batch_written(100, 0.020);
  EXPECT_EQ(queue.wait(), monotonic{0});
  now += seconds{5};
  queue.backlog_changed(0);
  EXPECT_EQ(queue.wait(), monotonic{0});
}

TEST_F(storage_queue_test, it_learns_within_a_batch_that_many_records_cost_less_each) {
  for (int round = 0; round < 100; ++round)
    queue.batch_written(1, 0.002);
  queue.backlog_changed(400);
  EXPECT_GT(queue.wait(), monotonic{milliseconds{700}});
  queue.batch_written(400, 0.030);
  EXPECT_LT(queue.wait(), monotonic{milliseconds{50}});
}

}  // namespace
}  // namespace chautari
