/* rng.c - xoshiro256** 1.0 and splitmix64, after Blackman & Vigna, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 47 (2021), and Steele, Lea & Flood (2014)
 */
#include <attune/math/rng.h>

#include <attune/math/dist.h>

#define GOLDEN_GAMMA UINT64_C(0x9e3779b97f4a7c15)

/* splitmix64's output function; 0 gives 0. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t rotate_left(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

/* Stream 0 is the plain seeding by splitmix64. Other streams begin where mix() puts
 * them, so that near streams do not share states as near seeds of splitmix64 would. */
att_rng att_rng_make(uint64_t seed, uint64_t stream)
{
    uint64_t state = seed ^ mix(stream);
    att_rng rng;

    for (int i = 0; i < 4; i++) {
        state += GOLDEN_GAMMA;
        rng.s[i] = mix(state);
    }
    return rng;
}

uint64_t att_rng_next(att_rng *rng)
{
    uint64_t *s = rng->s;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

double att_rng_uniform(att_rng *rng)
{
    return (double)(att_rng_next(rng) >> 11) * 0x1p-53;
}

double att_rng_normal(att_rng *rng)
{
    return att_dist_normal_quantile(att_rng_uniform(rng) + 0x1p-54);
}

uint64_t att_rng_below(att_rng *rng, uint64_t n)
{
    uint64_t partial = (0 - n) % n; /* numbers beyond the last whole round of n */
    uint64_t r;

    do {
        r = att_rng_next(rng);
    } while (r < partial);
    return r % n;
}
