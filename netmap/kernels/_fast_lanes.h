/* Eight numbers side by side, one for each of eight sources: in vector registers where the compiler has them, else in
   plain loops. Every operation works lane by lane and sums are taken in one order, so both give the same bits. */
#ifndef NETMAP_FAST_LANES_H
#define NETMAP_FAST_LANES_H

#include "_fast.h"

#define LANES 8

#if (defined(__GNUC__) || defined(__clang__)) && !defined(NETMAP_PLAIN)

typedef double Lanes __attribute__((vector_size(64)));
typedef int64_t Bits __attribute__((vector_size(64)));

/* The loader picks the copy the processor can run. Elsewhere than on glibc there is nothing that would pick. */
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && !defined(NETMAP_NO_CLONES)
#define NM_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define NM_CLONES
#endif

NM_INLINE Bits lanes_mask(unsigned mask) {
    const Bits bit = {1, 2, 4, 8, 16, 32, 64, 128};
    const int64_t m = mask;
    const Bits all = {m, m, m, m, m, m, m, m};
    return (all & bit) == bit;
}

#define lanes_zero() ((Lanes){0})
#define lanes_same(x) ((Lanes){(x), (x), (x), (x), (x), (x), (x), (x)})
#define lanes_load(p) (*(const Lanes *)(p))
#define lanes_store(p, x) (*(Lanes *)(p) = (x))
#define lanes_add(x, y) ((x) + (y))
#define lanes_less(x, y) ((x) - (y))
#define lanes_times(x, y) ((x) * (y))
#define lanes_inverse(x) (1.0 / (x))
#define lanes_keep(x, mask) ((Lanes)((Bits)(x) & lanes_mask(mask)))
#define lanes_mix(x, y, mask) ((Lanes)(((Bits)(x) & ~lanes_mask(mask)) | ((Bits)(y) & lanes_mask(mask))))
#define lanes_get(x, i) ((x)[i])

#else

#define NM_CLONES

typedef struct {
    double x[LANES];
} Lanes;

#define lanes_load(p) (*(const Lanes *)(p))
#define lanes_store(p, y) (*(Lanes *)(p) = (y))
#define lanes_get(y, i) ((y).x[i])

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
    double a = lanes_get(x, 0) + lanes_get(x, 4), b = lanes_get(x, 1) + lanes_get(x, 5);
    double c = lanes_get(x, 2) + lanes_get(x, 6), d = lanes_get(x, 3) + lanes_get(x, 7);
    return (a + c) + (b + d);
}

#endif
