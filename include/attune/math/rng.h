/* rng.h - random numbers from a seed: xoshiro256** (Blackman & Vigna 2018), seeded by
 * splitmix64. The same seed and stream give the same numbers on every machine.
 */
#ifndef ATTUNE_MATH_RNG_H
#define ATTUNE_MATH_RNG_H

#include <stdint.h>

typedef struct att_rng {
    uint64_t s[4];
} att_rng;

/* stream: an independent sequence a piece of work (person, draw), from 0. */
att_rng att_rng_make(uint64_t seed, uint64_t stream);
uint64_t att_rng_next(att_rng *rng);
double att_rng_uniform(att_rng *rng); /* in [0, 1), 53 bits */
double att_rng_normal(att_rng *rng);  /* by inverse of the normal distribution */
uint64_t att_rng_below(att_rng *rng, uint64_t n); /* 0 .. n-1, unbiased; n >= 1 */

#endif
