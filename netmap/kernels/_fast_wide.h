/* Sixteen numbers side by side, one for each of as many sources, as two times eight: compilers split a vector wider than
   the machine's badly, so it is split here. */
#ifndef NETMAP_FAST_WIDE_H
#define NETMAP_FAST_WIDE_H

#include "_fast_lanes.h"

#define WIDE (2 * LANES)

typedef struct {
    Lanes low, high;
} Wide;

#define nm_fetch(p) (NM_PREFETCH(p), NM_PREFETCH((p) + LANES))

#define wide_load(p) (*(const Wide *)(p))
#define wide_store(p, x) (*(Wide *)(p) = (x))

NM_INLINE Wide wide_of(Lanes low, Lanes high) {
    Wide out;
    out.low = low;
    out.high = high;
    return out;
}

NM_INLINE Wide wide_same(double x) { return wide_of(lanes_same(x), lanes_same(x)); }

NM_INLINE Wide wide_zero(void) { return wide_of(lanes_zero(), lanes_zero()); }

NM_INLINE Wide wide_add(Wide x, Wide y) { return wide_of(lanes_add(x.low, y.low), lanes_add(x.high, y.high)); }

NM_INLINE Wide wide_less(Wide x, Wide y) { return wide_of(lanes_less(x.low, y.low), lanes_less(x.high, y.high)); }

NM_INLINE Wide wide_times(Wide x, Wide y) { return wide_of(lanes_times(x.low, y.low), lanes_times(x.high, y.high)); }

NM_INLINE Wide wide_inverse(Wide x) { return wide_of(lanes_inverse(x.low), lanes_inverse(x.high)); }

/* Bit i of `mask` stands for number i. */
NM_INLINE Wide wide_keep(Wide x, unsigned mask) {
    return wide_of(lanes_keep(x.low, mask & 255), lanes_keep(x.high, mask >> LANES));
}

NM_INLINE Wide wide_mix(Wide x, Wide y, unsigned mask) {
    return wide_of(lanes_mix(x.low, y.low, mask & 255), lanes_mix(x.high, y.high, mask >> LANES));
}

NM_INLINE double wide_sum(Wide x) { return lanes_sum(lanes_add(x.low, x.high)); }

#endif
