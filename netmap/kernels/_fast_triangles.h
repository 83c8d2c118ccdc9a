/* Every triangle of an undirected graph once.

   Each tie points forward, from the node of lower degree (of the lower number among equals), so that a hub has few of its
   own. A node's forward neighbours are marked, and theirs are looked up among the marks. */
#ifndef NETMAP_FAST_TRIANGLES_H
#define NETMAP_FAST_TRIANGLES_H

#include "_fast.h"

#if defined(__GNUC__)
#define NM_PREFETCH(place) __builtin_prefetch(place)
#define NM_INLINE static inline __attribute__((always_inline))
#else
#define NM_PREFETCH(place) ((void)(place))
#define NM_INLINE static inline
#endif

typedef struct {
    int32_t *start; /* forward ties of node i: start[i] up to start[i + 1] */
    int32_t *head;
    int32_t *arc;   /* where each forward tie stands in the graph */
    int32_t *back;  /* and where the arc back does */
    int32_t *place; /* forward tie to this node from the last node that had one */
    uint64_t *mark; /* one bit a node: whether the node at hand has a forward tie to it */
} Forward;

/* 0; -1 without memory; -2 where the graph does not hold every tie both ways, in ascending rows without loops. */
int nm_forward_make(Forward *f, const Graph *g);

void nm_forward_free(Forward *f);

/* Set the exception that goes with what `nm_forward_make` returned, if one does, else return None. */
PyObject *nm_forward_done(int failed);

/* Nodes u, v and w, and the forward ties u to v, u to w and v to w. */
typedef void (*Found)(void *context, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw);

NM_INLINE void nm_each_triangle(const Forward *f, int64_t n, Found found, void *context) {
    int32_t ties = f->start[n];
    for (int64_t u = 0; u < n; u++) {
        int32_t first = f->start[u], last = f->start[u + 1];
        for (int32_t i = first; i < last; i++) {
            int32_t v = f->head[i];
            f->mark[v >> 6] |= UINT64_C(1) << (v & 63);
            f->place[v] = i;
            /* The rows of the nodes to come lie anywhere: ask for them in time. */
            if (i + 32 < ties) {
                NM_PREFETCH(&f->start[f->head[i + 32]]);
                NM_PREFETCH(&f->place[f->head[i + 32]]);
                NM_PREFETCH(&f->head[f->start[f->head[i + 16]]]);
            }
        }
        for (int32_t i = first; i < last; i++) {
            int32_t v = f->head[i], stop = f->start[v + 1];
            for (int32_t j = f->start[v]; j < stop; j++) {
                int32_t w = f->head[j];
                if (f->mark[w >> 6] >> (w & 63) & 1) found(context, (int32_t)u, v, w, i, f->place[w], j);
            }
        }
        for (int32_t i = first; i < last; i++) f->mark[f->head[i] >> 6] = 0;
    }
}

#endif
