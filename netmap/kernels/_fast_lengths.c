/* Shortest paths along ties of whole-number length: betweenness and sums of distances, one source at a time.

   Nodes wait in a radix heap: bucket b holds keys that differ from the last one taken in bit b - 1 at the most. Keys
   never fall below it, so each moves down at most once for every bit of the longest tie. */
#include "_fast.h"

#define BUCKETS 65
#define UNSEEN INT64_MAX

typedef struct {
    int64_t key;
    int32_t node;
    int32_t next;
} Item;

typedef struct {
    Item *items;     /* at most one for each arc, and one for the source */
    int64_t used;
    int64_t last;
    int32_t head[BUCKETS];
    int64_t *far;    /* distance of every node */
    double *paths;
    double *share;   /* (1 + dependency) / paths */
    int32_t *order;  /* nodes as they are settled */
    uint8_t *done;
} Work;

static void work_free(Work *w) {
    nm_free(w->items);
    nm_free(w->far);
    nm_free(w->paths);
    nm_free(w->share);
    nm_free(w->order);
    nm_free(w->done);
}

static int work_make(Work *w, const Graph *g) {
    w->items = nm_lines((g->arcs + 1) * (int64_t)sizeof(Item));
    w->far = nm_lines(g->n * 8);
    w->paths = nm_lines(g->n * 8);
    w->share = nm_lines(g->n * 8);
    w->order = nm_lines(g->n * 4);
    w->done = nm_lines(g->n);
    return w->items && w->far && w->paths && w->share && w->order && w->done ? 0 : -1;
}

static int bucket_of(uint64_t difference) {
#if defined(__GNUC__) || defined(__clang__)
    return difference ? 64 - __builtin_clzll(difference) : 0;
#else
    int bits = 0;
    while (difference) {
        difference >>= 1;
        bits++;
    }
    return bits;
#endif
}

static void put(Work *w, int32_t item) {
    int b = bucket_of((uint64_t)(w->items[item].key ^ w->last));
    w->items[item].next = w->head[b];
    w->head[b] = item;
}

static void push(Work *w, int64_t key, int32_t node) {
    int32_t item = (int32_t)w->used++;
    w->items[item].key = key;
    w->items[item].node = node;
    put(w, item);
}

/* Take an item of the least key, or -1 where none is left. */
static int32_t pop(Work *w) {
    if (w->head[0] < 0) {
        int b = 1;
        while (b < BUCKETS && w->head[b] < 0) b++;
        if (b == BUCKETS) return -1;
        int64_t least = INT64_MAX;
        for (int32_t i = w->head[b]; i >= 0; i = w->items[i].next)
            if (w->items[i].key < least) least = w->items[i].key;
        w->last = least;
        int32_t i = w->head[b];
        w->head[b] = -1;
        while (i >= 0) {
            int32_t next = w->items[i].next;
            put(w, i);
            i = next;
        }
    }
    int32_t item = w->head[0];
    w->head[0] = w->items[item].next;
    return item;
}

/* Search from one source; return how many nodes were reached, itself included, or -1 when the work is to stop. */
static int64_t search(const Graph *g, const int32_t *lengths, Work *w, int32_t source, int count, Pause *pause) {
    int64_t settled = 0;
    for (int64_t i = 0; i < g->n; i++) w->far[i] = UNSEEN;
    memset(w->done, 0, (size_t)g->n);
    for (int b = 0; b < BUCKETS; b++) w->head[b] = -1;
    w->used = 0;
    w->last = 0;
    w->far[source] = 0;
    w->paths[source] = 1.0;
    push(w, 0, source);
    for (int32_t item = pop(w); item >= 0; item = pop(w)) {
        int32_t v = w->items[item].node;
        if (w->done[v]) continue;
        w->done[v] = 1;
        w->order[settled++] = v;
        /* A tie costs several times what it does without lengths. */
        if (nm_pause(pause, 8 * (g->indptr[v + 1] - g->indptr[v]))) return -1;
        int64_t d = w->far[v];
        double paths = w->paths[v];
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
            int32_t u = g->indices[a];
            int64_t there = d + lengths[a];
            if (there < w->far[u]) {
                w->far[u] = there;
                w->paths[u] = paths;
                push(w, there, u);
            } else if (count && there == w->far[u]) {
                w->paths[u] += paths;
            }
        }
    }
    return settled;
}

static void back(const Graph *g, const int32_t *lengths, Work *w, int64_t settled, double *nodes, double *squares,
                 double *arcs) {
    for (int64_t i = settled - 1; i >= 0; i--) {
        int32_t v = w->order[i];
        double ahead = 0.0;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
            int32_t u = g->indices[a];
            if (w->far[u] != w->far[v] + lengths[a]) continue;
            ahead += w->share[u];
            if (arcs != NULL) arcs[a] += w->paths[v] * w->share[u];
        }
        w->share[v] = ahead + 1.0 / w->paths[v];
        if (i == 0) continue;
        double through = w->paths[v] * ahead;
        nodes[v] += through;
        if (squares != NULL) squares[v] += through * through;
    }
}

static int take_lengths(Array *lengths, PyObject *object, const Graph *g) {
    if (nm_take(lengths, object, 'i', 0, g->arcs, "lengths") < 0) return -1;
    const int32_t *each = lengths->data;
    int small = 0;
    for (int64_t a = 0; a < g->arcs; a++) small |= each[a] < 1;
    if (!small) return 0;
    PyErr_SetString(PyExc_ValueError, "lengths have to be at least 1");
    return -1;
}

/* length_betweenness(indptr, indices, lengths, sources, nodes, squares or None, arcs or None, stop or None): as `betweenness`. */
PyObject *nm_length_betweenness(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[8], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOOOO:length_betweenness", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7]))
        return NULL;
    Graph g = {0};
    Array lengths = {0}, sources = {0}, nodes = {0}, squares = {0}, arcs = {0}, stop = {0};
    Work w = {0};
    Pause pause = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || take_lengths(&lengths, o[2], &g) < 0 ||
        nm_take(&sources, o[3], 'i', 0, -1, "sources") < 0 ||
        nm_check_ids(sources.data, sources.size, g.n, "sources") < 0 || nm_take(&nodes, o[4], 'd', 1, g.n, "nodes") < 0 ||
        nm_take_optional(&squares, o[5], 'd', 1, g.n, "squares") < 0 ||
        nm_take_optional(&arcs, o[6], 'd', 1, g.arcs, "arcs") < 0 || nm_take_optional(&stop, o[7], 'i', 0, 1, "stop") < 0)
        goto done;
    int failed;
    nm_go(&pause, &stop);
    failed = work_make(&w, &g);
    for (int64_t i = 0; i < sources.size && !failed; i++) {
        int64_t settled = search(&g, lengths.data, &w, ((const int32_t *)sources.data)[i], 1, &pause);
        if (settled < 0) break;
        back(&g, lengths.data, &w, settled, nodes.data, squares.data, arcs.data);
    }
    work_free(&w);
    if (nm_end(&pause, failed) == 0) out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&lengths);
    nm_let_go(&sources);
    nm_let_go(&nodes);
    nm_let_go(&squares);
    nm_let_go(&arcs);
    nm_let_go(&stop);
    return out;
}

/* length_sums(indptr, indices, lengths, sources, reached, distance, inverse, farthest, stop or None): for every source, at its place in
   `sources`, how many others it reaches, and the sum, the sum of inverses and the greatest of the distances to them. */
PyObject *nm_length_sums(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[9], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOOOOO:length_sums", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7], &o[8]))
        return NULL;
    Graph g = {0};
    Array lengths = {0}, sources = {0}, reached = {0}, distance = {0}, inverse = {0}, farthest = {0}, stop = {0};
    Work w = {0};
    Pause pause = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || take_lengths(&lengths, o[2], &g) < 0 ||
        nm_take(&sources, o[3], 'i', 0, -1, "sources") < 0 ||
        nm_check_ids(sources.data, sources.size, g.n, "sources") < 0 ||
        nm_take(&reached, o[4], 'q', 1, sources.size, "reached") < 0 ||
        nm_take(&distance, o[5], 'q', 1, sources.size, "distance") < 0 ||
        nm_take(&inverse, o[6], 'd', 1, sources.size, "inverse") < 0 ||
        nm_take(&farthest, o[7], 'q', 1, sources.size, "farthest") < 0 ||
        nm_take_optional(&stop, o[8], 'i', 0, 1, "stop") < 0)
        goto done;
    int failed;
    nm_go(&pause, &stop);
    failed = work_make(&w, &g);
    for (int64_t i = 0; i < sources.size && !failed; i++) {
        int64_t settled = search(&g, lengths.data, &w, ((const int32_t *)sources.data)[i], 0, &pause);
        if (settled < 0) break;
        int64_t sum = 0;
        double near = 0.0;
        for (int64_t j = 1; j < settled; j++) {
            int64_t d = w.far[w.order[j]];
            sum += d;
            near += 1.0 / (double)d;
        }
        ((int64_t *)reached.data)[i] = settled - 1;
        ((int64_t *)distance.data)[i] = sum;
        ((double *)inverse.data)[i] = near;
        ((int64_t *)farthest.data)[i] = w.far[w.order[settled - 1]];
    }
    work_free(&w);
    if (nm_end(&pause, failed) == 0) out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&lengths);
    nm_let_go(&sources);
    nm_let_go(&reached);
    nm_let_go(&distance);
    nm_let_go(&inverse);
    nm_let_go(&farthest);
    nm_let_go(&stop);
    return out;
}
