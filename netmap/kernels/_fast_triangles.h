/* Every triangle of an undirected graph once.

   Nodes are taken by the number of their ties (then by their own number). Each tie belongs to its later end, w; by then
   each earlier end u has a list of those between the two that it is tied to, and the ties of w are marked. What is both in
   the list of a neighbour of w and marked closes a triangle. A hub comes last, so it is in the lists but hardly has one:
   of all pairs of ties of a node only those to two later nodes are looked at. */
#ifndef NETMAP_FAST_TRIANGLES_H
#define NETMAP_FAST_TRIANGLES_H

#include "_fast.h"

/* A later neighbour of a node, and what the tie to it is called. */
typedef struct {
    int32_t node, tie;
} Later;

/* Where the list of a node's later neighbours begins and, so far, ends. */
typedef struct {
    int32_t first, next;
} List;

typedef struct {
    int64_t n;
    int32_t ties;
    int32_t *order; /* the nodes, as they are taken */
    int32_t *start; /* ties of the i-th of them to earlier ones: start[i] up to start[i + 1] */
    int32_t *low;   /* the earlier end of each tie */
    int32_t *name;  /* its number, or where the arc from its later end to the earlier stands in the graph */
    int32_t *mark;  /* tie to this node from the last node that had one */
    List *list;
    Later *later;
} Forward;

/* Ties are called by `number`, one an arc, or where that is NULL by the arc that leads to the earlier end. 0; -1 without
   memory; -2 where the graph cannot hold every tie both ways without loops. */
int nm_forward_make(Forward *f, const Graph *g, const int32_t *number);

void nm_forward_free(Forward *f);

/* Set the exception that goes with `failed`, if one does, else return None. */
PyObject *nm_forward_done(int failed);

/* Write to `mate`, one an arc, where the arc back stands. -1 without memory; -2 where the graph does not hold every tie both
   ways, in ascending rows without loops. */
int nm_mates(const Graph *g, int32_t *mate);

/* Nodes u, v and w, as they are taken, and what the ties between u and v, u and w, v and w are called. */
typedef void (*Found)(void *context, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw);

/* Triangles are put by and handed on together, so that the search does not wait for what is done with them. */
#define NM_PUT_BY 64

typedef struct {
    int32_t w[NM_PUT_BY], uv[NM_PUT_BY], uw[NM_PUT_BY], vw[NM_PUT_BY];
    int count;
} Closed;

NM_INLINE void nm_hand_on(const Forward *f, Closed *c, Found ahead, Found found, void *context) {
    for (int i = 0; i < c->count; i++)
        ahead(context, f->low[c->uw[i]], f->low[c->vw[i]], c->w[i], c->uv[i], f->name[c->uw[i]], f->name[c->vw[i]]);
    for (int i = 0; i < c->count; i++)
        found(context, f->low[c->uw[i]], f->low[c->vw[i]], c->w[i], c->uv[i], f->name[c->uw[i]], f->name[c->vw[i]]);
    c->count = 0;
}

/* Where nothing is asked for beforehand. */
NM_INLINE void nm_nothing_ahead(void *context, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw) {
    (void)context, (void)u, (void)v, (void)w, (void)uv, (void)uw, (void)vw;
}

/* `ahead` asks for what `found` will want. 0, or -2 as above; stops where `pause` says so. */
NM_INLINE int nm_each_triangle(Forward *f, Pause *pause, Found ahead, Found found, void *context) {
    const int32_t *low = f->low;
    int32_t *mark = f->mark, ties = f->ties;
    List *lists = f->list;
    Later *later = f->later;
    Closed c;
    c.count = 0;
    for (int64_t i = 0; i < f->n; i++) {
        int32_t w = f->order[i], first = f->start[i], last = f->start[i + 1];
        int64_t looked = last - first;
        for (int32_t t = first; t < last; t++) {
            mark[low[t]] = t;
            /* The lists of the ties to come lie anywhere: ask for them in time. */
            if (t + 32 < ties) {
                NM_PREFETCH(&lists[low[t + 32]]);
                NM_PREFETCH(&later[lists[low[t + 16]].first]);
            }
        }
        for (int32_t t = first; t < last; t++) {
            List *list = &lists[low[t]];
            int32_t from = list->first, to = list->next;
            for (int32_t j = from; j < to; j++) {
                int32_t vw = mark[later[j].node];
                c.w[c.count] = w;
                c.uv[c.count] = later[j].tie;
                c.uw[c.count] = t;
                c.vw[c.count] = vw;
                /* Few are: no branch to guess. */
                c.count += vw >= first;
                if (c.count == NM_PUT_BY) nm_hand_on(f, &c, ahead, found, context);
            }
            looked += to - from;
            if (to == ties) return -2;
            later[to] = (Later){w, f->name[t]};
            list->next = to + 1;
        }
        if (nm_pause(pause, looked)) return 0;
    }
    nm_hand_on(f, &c, ahead, found, context);
    return 0;
}

#endif
