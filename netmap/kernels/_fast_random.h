/* Whole numbers at random: SplitMix64, a stream for each key. Its number i is a mix of key + i times a constant, so that the
   twins in NumPy give the same ones in any order. */
#ifndef NETMAP_FAST_RANDOM_H
#define NETMAP_FAST_RANDOM_H

#include <stdint.h>

static inline uint64_t nm_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* One of 0 to below - 1: the whole part of `below` times the number read as a fraction, exact to 64 bits. */
static inline uint32_t nm_random_below(uint64_t *state, uint32_t below) {
    uint64_t x = nm_random(state);
    return (uint32_t)(((x >> 32) * below + (((x & UINT32_MAX) * below) >> 32)) >> 32);
}

#endif
