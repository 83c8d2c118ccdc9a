/* Sums of distances, each tie one step, to 512 targets at a time: one bit each, so that a step is a few words a node.

   A node reaches in one more step whatever its neighbours have just reached. Where few nodes have just reached anything
   they tell those who point at them; else every node asks its neighbours. Both find the same bits. */
#include "_fast.h"
#include "_fast_lanes.h"

#define WORDS 8
#define TARGETS (64 * WORDS)

typedef struct {
    uint64_t *seen;
    uint64_t *front;
    uint64_t *next;
    int32_t *active;  /* who reached something in the last step */
    int32_t *coming;  /* who does in this one */
    uint8_t *listed;
} Work;

typedef struct {
    int64_t *reached;
    int64_t *distance;
    double *inverse;
    int64_t *farthest;
    double *squares; /* of the inverses; NULL where they are not asked for */
} Sums;

static void work_free(Work *w) {
    nm_free(w->seen);
    nm_free(w->front);
    nm_free(w->next);
    nm_free(w->active);
    nm_free(w->coming);
    nm_free(w->listed);
}

static int work_make(Work *w, int64_t n) {
    w->seen = nm_lines(n * WORDS * 8);
    w->front = nm_lines(n * WORDS * 8);
    w->next = nm_lines(n * WORDS * 8);
    w->active = nm_lines(n * 4);
    w->coming = nm_lines(n * 4);
    w->listed = nm_lines(n);
    return w->seen && w->front && w->next && w->active && w->coming && w->listed ? 0 : -1;
}

NM_INLINE int bits_of(uint64_t x) {
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_popcountll(x);
#else
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    return (int)(((x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f)) * UINT64_C(0x0101010101010101) >> 56);
#endif
}

NM_CLONES static int64_t tell(const Graph *into, Work *w, int64_t active) {
    int64_t coming = 0;
    for (int64_t i = 0; i < active; i++) {
        int64_t u = w->active[i];
        const uint64_t *front = w->front + u * WORDS;
        for (int64_t a = into->indptr[u]; a < into->indptr[u + 1]; a++) {
            int64_t v = into->indices[a];
            const uint64_t *seen = w->seen + v * WORDS;
            uint64_t *next = w->next + v * WORDS, any = 0;
            for (int k = 0; k < WORDS; k++) {
                uint64_t fresh = front[k] & ~seen[k];
                next[k] |= fresh;
                any |= fresh;
            }
            if (any && !w->listed[v]) {
                w->listed[v] = 1;
                w->coming[coming++] = (int32_t)v;
            }
        }
    }
    return coming;
}

NM_CLONES static int64_t ask(const Graph *out, Work *w, const uint64_t *all) {
    int64_t coming = 0;
    for (int64_t v = 0; v < out->n; v++) {
        const uint64_t *seen = w->seen + v * WORDS;
        uint64_t lacking[WORDS], got[WORDS] = {0}, any = 0;
        for (int k = 0; k < WORDS; k++) {
            lacking[k] = all[k] & ~seen[k];
            any |= lacking[k];
        }
        if (!any) continue;
        for (int64_t a = out->indptr[v]; a < out->indptr[v + 1]; a++) {
            const uint64_t *front = w->front + (int64_t)out->indices[a] * WORDS;
            for (int k = 0; k < WORDS; k++) got[k] |= front[k];
        }
        uint64_t *next = w->next + v * WORDS;
        any = 0;
        for (int k = 0; k < WORDS; k++) {
            next[k] = got[k] & lacking[k];
            any |= next[k];
        }
        if (any) w->coming[coming++] = (int32_t)v;
    }
    return coming;
}

NM_CLONES static void settle(Work *w, int64_t active, int64_t coming, int64_t level, const Sums *sums) {
    double near = 1.0 / (double)level;
    /* What was the front is emptied to take the step after this one. */
    for (int64_t i = 0; i < active; i++) memset(w->front + (int64_t)w->active[i] * WORDS, 0, WORDS * 8);
    for (int64_t i = 0; i < coming; i++) {
        int64_t v = w->coming[i];
        uint64_t *seen = w->seen + v * WORDS;
        const uint64_t *next = w->next + v * WORDS;
        int64_t count = 0;
        for (int k = 0; k < WORDS; k++) {
            seen[k] |= next[k];
            count += bits_of(next[k]);
        }
        w->listed[v] = 0;
        sums->reached[v] += count;
        sums->distance[v] += level * count;
        sums->inverse[v] += (double)count * near;
        if (sums->squares != NULL) sums->squares[v] += (double)count * near * near;
        if (level > sums->farthest[v]) sums->farthest[v] = level;
    }
    uint64_t *words = w->front;
    w->front = w->next;
    w->next = words;
    int32_t *list = w->active;
    w->active = w->coming;
    w->coming = list;
}

static void follow(const Graph *out, const Graph *into, Work *w, int64_t first, int64_t count, const Sums *sums,
                   Pause *pause) {
    uint64_t all[WORDS] = {0};
    size_t bytes = (size_t)out->n * WORDS * 8;
    memset(w->seen, 0, bytes);
    memset(w->front, 0, bytes);
    memset(w->next, 0, bytes);
    memset(w->listed, 0, (size_t)out->n);
    for (int64_t i = 0; i < count; i++) {
        uint64_t bit = UINT64_C(1) << (i % 64);
        w->seen[(first + i) * WORDS + i / 64] = w->front[(first + i) * WORDS + i / 64] = bit;
        all[i / 64] |= bit;
        w->active[i] = (int32_t)(first + i);
    }
    int64_t active = count;
    for (int64_t level = 1; active > 0; level++) {
        int64_t work = 0;
        for (int64_t i = 0; i < active; i++) work += into->indptr[w->active[i] + 1] - into->indptr[w->active[i]];
        int64_t coming = work * 3 < out->arcs + out->n ? tell(into, w, active) : ask(out, w, all);
        settle(w, active, coming, level, sums);
        if (nm_pause(pause, work + out->n)) return;
        active = coming;
    }
}

/* step_sums(indptr, indices, indptr of the reverse, indices of the reverse, first, stop, reached, distance, inverse,
   farthest, squares, stop): add for every node what its distances to the nodes from `first` to before `stop` come to;
   squares, those of the inverses, and the flag to stop by may be None. */
PyObject *nm_step_sums(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[10], *result = NULL;
    long long first, stop;
    if (!PyArg_ParseTuple(args, "OOOOLLOOOOOO:step_sums", &o[0], &o[1], &o[2], &o[3], &first, &stop, &o[4], &o[5], &o[6],
                          &o[7], &o[8], &o[9]))
        return NULL;
    Graph out = {0}, into = {0};
    Array reached = {0}, distance = {0}, inverse = {0}, farthest = {0}, squares = {0}, halt = {0};
    Work w = {0};
    Pause pause = {0};
    if (nm_take_graph(&out, o[0], o[1]) < 0 || nm_take_graph(&into, o[2], o[3]) < 0 ||
        nm_take(&reached, o[4], 'q', 1, out.n, "reached") < 0 || nm_take(&distance, o[5], 'q', 1, out.n, "distance") < 0 ||
        nm_take(&inverse, o[6], 'd', 1, out.n, "inverse") < 0 || nm_take(&farthest, o[7], 'q', 1, out.n, "farthest") < 0 ||
        nm_take_optional(&squares, o[8], 'd', 1, out.n, "squares") < 0 ||
        nm_take_optional(&halt, o[9], 'i', 0, 1, "stop") < 0)
        goto done;
    if (into.n != out.n || into.arcs != out.arcs) {
        PyErr_SetString(PyExc_ValueError, "the graph and its reverse differ in size");
        goto done;
    }
    if (first < 0 || first > stop || stop > out.n) {
        PyErr_SetString(PyExc_ValueError, "first and stop have to lie among the nodes");
        goto done;
    }
    Sums sums = {reached.data, distance.data, inverse.data, farthest.data, squares.data};
    int failed;
    nm_go(&pause, &halt);
    failed = work_make(&w, out.n);
    for (int64_t at = first; at < stop && !failed && !pause.stopped; at += TARGETS)
        follow(&out, &into, &w, at, stop - at < TARGETS ? stop - at : TARGETS, &sums, &pause);
    work_free(&w);
    if (nm_end(&pause, failed) == 0) result = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&out);
    nm_let_go_graph(&into);
    nm_let_go(&reached);
    nm_let_go(&distance);
    nm_let_go(&inverse);
    nm_let_go(&farthest);
    nm_let_go(&squares);
    nm_let_go(&halt);
    return result;
}
