/* Sixteen numbers side by side, one for each of as many sources: in vector registers where the compiler has them, else in
   plain loops. Every operation works lane by lane and sums are taken in one order, so both give the same bits. */
#ifndef NETMAP_FAST_LANES_H
#define NETMAP_FAST_LANES_H

#include <stdint.h>

#define LANES 16

#if (defined(__GNUC__) || defined(__clang__)) && !defined(NETMAP_PLAIN)

#define NM_INLINE static inline __attribute__((always_inline))

/* Two cache lines: compilers split a vector wider than the machine's badly, so it is split here. */
typedef double Half __attribute__((vector_size(64)));
typedef int64_t Bits __attribute__((vector_size(64)));
typedef struct {
    Half low, high;
} Lanes;

/* The loader picks the copy the processor can run. Elsewhere than on glibc there is nothing that would pick. */
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && !defined(NETMAP_NO_CLONES)
#define NM_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define NM_CLONES
#endif

NM_INLINE Bits half_mask(unsigned mask) {
    const Bits bit = {1, 2, 4, 8, 16, 32, 64, 128};
    const int64_t m = mask;
    const Bits all = {m, m, m, m, m, m, m, m};
    return (all & bit) == bit;
}

#define nm_fetch(p) (__builtin_prefetch(p), __builtin_prefetch((p) + 8))
#define lanes_load(p) (*(const Lanes *)(p))
#define lanes_store(p, x) (*(Lanes *)(p) = (x))
#define lanes_folded(x, i) (((x).low + (x).high)[i])

NM_INLINE Lanes lanes_same(double x) {
    const Half half = {x, x, x, x, x, x, x, x};
    return (Lanes){half, half};
}

NM_INLINE Lanes lanes_zero(void) { return lanes_same(0.0); }

NM_INLINE Lanes lanes_add(Lanes x, Lanes y) { return (Lanes){x.low + y.low, x.high + y.high}; }

NM_INLINE Lanes lanes_less(Lanes x, Lanes y) { return (Lanes){x.low - y.low, x.high - y.high}; }

NM_INLINE Lanes lanes_times(Lanes x, Lanes y) { return (Lanes){x.low * y.low, x.high * y.high}; }

NM_INLINE Lanes lanes_inverse(Lanes x) { return (Lanes){1.0 / x.low, 1.0 / x.high}; }

NM_INLINE Lanes lanes_keep(Lanes x, unsigned mask) {
    return (Lanes){(Half)((Bits)x.low & half_mask(mask)), (Half)((Bits)x.high & half_mask(mask >> 8))};
}

NM_INLINE Lanes lanes_mix(Lanes x, Lanes y, unsigned mask) {
    Bits low = half_mask(mask), high = half_mask(mask >> 8);
    return (Lanes){(Half)(((Bits)x.low & ~low) | ((Bits)y.low & low)),
                   (Half)(((Bits)x.high & ~high) | ((Bits)y.high & high))};
}

#else

#if defined(_MSC_VER)
#define NM_INLINE static __forceinline
#else
#define NM_INLINE static inline
#endif
#define NM_CLONES
#define nm_fetch(p) ((void)(p))

typedef struct {
    double x[LANES];
} Lanes;

#define lanes_load(p) (*(const Lanes *)(p))
#define lanes_store(p, y) (*(Lanes *)(p) = (y))
#define lanes_folded(y, i) ((y).x[i] + (y).x[(i) + 8])

NM_INLINE Lanes lanes_zero(void) {
    Lanes out = {{0}};
    return out;
}

NM_INLINE Lanes lanes_same(double x) {
    Lanes out;
    for (int i = 0; i < LANES; i++) out.x[i] = x;
    return out;
}

NM_INLINE Lanes lanes_add(Lanes a, Lanes b) {
    for (int i = 0; i < LANES; i++) a.x[i] += b.x[i];
    return a;
}

NM_INLINE Lanes lanes_less(Lanes a, Lanes b) {
    for (int i = 0; i < LANES; i++) a.x[i] -= b.x[i];
    return a;
}

NM_INLINE Lanes lanes_times(Lanes a, Lanes b) {
    for (int i = 0; i < LANES; i++) a.x[i] *= b.x[i];
    return a;
}

NM_INLINE Lanes lanes_inverse(Lanes a) {
    /* No path, no share: the lane is not looked at, but MSVC's checks would stop at the division. */
    for (int i = 0; i < LANES; i++) a.x[i] = a.x[i] == 0.0 ? 0.0 : 1.0 / a.x[i];
    return a;
}

NM_INLINE Lanes lanes_mix(Lanes a, Lanes b, unsigned mask) {
    for (int i = 0; i < LANES; i++)
        if (mask >> i & 1) a.x[i] = b.x[i];
    return a;
}

NM_INLINE Lanes lanes_keep(Lanes a, unsigned mask) { return lanes_mix(lanes_zero(), a, mask); }

#endif

NM_INLINE double lanes_sum(Lanes x) {
    double a = lanes_folded(x, 0) + lanes_folded(x, 4), b = lanes_folded(x, 1) + lanes_folded(x, 5);
    double c = lanes_folded(x, 2) + lanes_folded(x, 6), d = lanes_folded(x, 3) + lanes_folded(x, 7);
    return (a + c) + (b + d);
}

#endif
