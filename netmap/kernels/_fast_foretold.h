/* What a source's neighbours and theirs are likely to carry of its paths, told from two steps outwards alone. */
#ifndef NETMAP_FAST_FORETOLD_H
#define NETMAP_FAST_FORETOLD_H

#include "_fast.h"

typedef struct {
    const double *others; /* how many nodes a source is taken to reach */
    int64_t most;         /* two-step walks from a source that are followed; where there are more, one step is */
    int symmetric;        /* every arc has its arc back */
    int32_t *ids;         /* found last: the neighbours, then the nodes two steps away */
    double *values;       /* what each of them is likely to carry */
    double *paths;        /* number of two-step paths to each of them; the last belongs to the source; zero between two sources */
    int32_t *place;       /* where a node stands among them, from 1; zero between two sources */
} Foretold;

int nm_foretold_make(Foretold *f, int64_t n);

void nm_foretold_free(Foretold *f);

/* Fill `ids` and `values` for one source; return how many. */
int64_t nm_foretell(Foretold *f, const Graph *g, int32_t source);

#endif
