/* How fast all cores together read and copy memory. Arguments: threads, MiB for each, turns.
   Prints the best of all turns, bytes a nanosecond: of reading, then of copying, where what is read and what is written both count. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_THREADS = 1024, SUMS = 32 };

static size_t bytes;
static int turns;
static pthread_barrier_t barrier;
static double best_read, best_copy;
static volatile uint64_t kept; /* a sum that nobody uses would not be computed */

static double now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

/* Many sums side by side, so that the latency of an addition does not set the pace. */
static uint64_t read_all(const uint64_t *values, size_t count) {
  uint64_t sums[SUMS] = {0}, sum = 0;
  for (size_t i = 0; i + SUMS <= count; i += SUMS)
    for (int k = 0; k < SUMS; k++) sums[k] ^= values[i + k];
  for (int k = 0; k < SUMS; k++) sum ^= sums[k];
  return sum;
}

/* From the moment when all threads are ready to the moment when all are done. */
static void note(int first, double began, double moved, double *best) {
  pthread_barrier_wait(&barrier);
  if (first) {
    double rate = moved / (now_ns() - began);
    if (rate > *best) *best = rate;
  }
}

static void *run(void *argument) {
  int first = *(int *)argument == 0, threads = *((int *)argument + 1);
  char *from, *to;
  if (posix_memalign((void **)&from, 4096, bytes) || posix_memalign((void **)&to, 4096, bytes)) {
    fprintf(stderr, "not enough memory for two times %zu bytes a thread\n", bytes);
    exit(1);
  }
  memset(from, 1, bytes);
  memset(to, 2, bytes);
  for (int turn = 0; turn < turns; turn++) {
    pthread_barrier_wait(&barrier);
    double began = now_ns();
    kept = read_all((const uint64_t *)from, bytes / sizeof(uint64_t));
    note(first, began, (double)bytes * threads, &best_read);
    pthread_barrier_wait(&barrier);
    began = now_ns();
    memcpy(to, from, bytes);
    note(first, began, 2.0 * bytes * threads, &best_copy);
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count != 4) {
    fprintf(stderr, "arguments: threads, MiB for each, turns\n");
    return 2;
  }
  int threads = atoi(arguments[1]);
  bytes = (size_t)atoi(arguments[2]) << 20;
  turns = atoi(arguments[3]);
  if (threads < 1 || threads > MOST_THREADS || bytes == 0 || turns < 1) {
    fprintf(stderr, "threads 1 to %d, MiB and turns at least 1\n", MOST_THREADS);
    return 2;
  }
  pthread_barrier_init(&barrier, NULL, threads);
  pthread_t running[MOST_THREADS];
  static int which[MOST_THREADS][2];
  for (int i = 0; i < threads; i++) {
    which[i][0] = i;
    which[i][1] = threads;
    pthread_create(&running[i], NULL, run, which[i]);
  }
  for (int i = 0; i < threads; i++) pthread_join(running[i], NULL);
  printf("%.3f %.3f\n", best_read, best_copy);
  return 0;
}
