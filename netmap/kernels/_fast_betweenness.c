/* Brandes's betweenness, each tie one step, from sixteen sources at a time: one lane each, all along one list of nodes.

   Outwards, a level is a list of (node, lanes): the lanes for which the node lies that far. The arcs that lead one level
   on are kept, so that back a node gathers along them alone; (1 + dependency) / paths is all it needs to know of the
   nodes they lead to. Whether an arc leads on cannot be guessed, so no branch hangs on it. */
#include "_fast_foretold.h"
#include "_fast_wide.h"

/* Arcs, and rows of arcs, ahead for which memory is fetched: it is taken in turn, so what is asked for late holds up
   what comes after. */
#define SOON 32
#define ROWS_SOON 8

/* A level of more than one in so many of all nodes is put in order. */
#define DENSE 16

typedef struct {
    int32_t node;
    uint32_t lanes;
} Entry;

typedef struct {
    double *paths;   /* number of shortest paths to a node, a lane each; once back there, (1 + dependency) / paths */
    uint16_t *seen;  /* lanes that have been at a node */
    uint16_t *next;  /* lanes that get there in the step being taken */
    Entry *entries;  /* level after level */
    int64_t *starts; /* where each level begins in entries */
    int32_t *onward; /* arcs that lead one level on, entry after entry: the node */
    uint16_t *fresh; /* the lanes for which they do */
    int64_t *ends;   /* where the arcs of each entry begin in onward and fresh */
    int64_t room;    /* in onward and fresh */
    double *told;    /* what is foretold, a lane each, of the nodes something is foretold of; NULL where nothing is */
    int32_t *slots;  /* where that of a node stands in told, counted from 1; 0 where nothing is foretold of it */
} Work;

static void work_free(Work *w) {
    nm_free(w->paths);
    nm_free(w->seen);
    nm_free(w->next);
    nm_free(w->entries);
    nm_free(w->starts);
    nm_free(w->onward);
    nm_free(w->fresh);
    nm_free(w->ends);
    nm_free(w->told);
    nm_free(w->slots);
}

static int work_make(Work *w, const Graph *g, int telling) {
    int64_t n = g->n;
    w->paths = nm_room(n * WIDE * 8);
    w->seen = nm_room(n * 2);
    w->next = nm_lines(n * 2);
    /* A node is entered at most once for each lane; one more is written and written over. */
    w->entries = nm_room((n * WIDE + 1) * (int64_t)sizeof(Entry));
    w->starts = nm_room((n + 2) * 8);
    w->ends = nm_room((n * WIDE + 1) * 8);
    if (telling && ((w->told = nm_room(n * WIDE * 8)) == NULL || (w->slots = nm_lines(n * 4)) == NULL)) return -1;
    /* Most arcs lead on for about so many groups of the lanes; what is not needed is never touched. */
    w->room = 4 * g->arcs + 1;
    w->onward = nm_room(w->room * 4);
    w->fresh = nm_room(w->room * 2);
    return w->paths && w->seen && w->next && w->entries && w->starts && w->ends && w->onward && w->fresh ? 0 : -1;
}

/* Make room for `more` arcs beyond `used`. */
static int widen(Work *w, int64_t used, int64_t more) {
    if (used + more <= w->room) return 0;
    int64_t room = w->room + w->room / 2 > used + more ? w->room + w->room / 2 : used + more;
    int32_t *onward = nm_room(room * 4);
    uint16_t *fresh = nm_room(room * 2);
    if (onward == NULL || fresh == NULL) {
        nm_free(onward);
        nm_free(fresh);
        return -1;
    }
    if (used) {
        memcpy(onward, w->onward, (size_t)used * 4);
        memcpy(fresh, w->fresh, (size_t)used * 2);
    }
    nm_free(w->onward);
    nm_free(w->fresh);
    w->onward = onward;
    w->fresh = fresh;
    w->room = room;
    return 0;
}

/* Keep the arcs of a node that lead to where some of its lanes have not been; return where they end in `onward`. */
NM_INLINE int64_t lead_on(const Graph *g, const uint16_t *seen, int32_t *onward, uint16_t *kept, int64_t used, int32_t v,
                          unsigned mine) {
    for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
        int32_t u = g->indices[a];
        unsigned fresh = mine & ~(unsigned)seen[u];
        onward[used] = u;
        kept[used] = (uint16_t)fresh;
        used += fresh != 0;
    }
    return used;
}

/* Return the number of levels, -1 when the work is to stop, or -2 where memory ran out. */
NM_CLONES static int64_t outwards(const Graph *g, Work *w, const int32_t *sources, int lanes, Pause *pause) {
    const int64_t *indptr = g->indptr;
    double *paths = w->paths;
    uint16_t *seen = w->seen, *next = w->next;
    Entry *entries = w->entries;
    int64_t *starts = w->starts, *ends = w->ends;
    int64_t levels = 0, end = 0, used = 0;
    memset(paths, 0, (size_t)g->n * WIDE * 8);
    memset(seen, 0, (size_t)g->n * 2);
    for (int i = 0; i < lanes; i++) {
        int32_t s = sources[i];
        if (!next[s]) entries[end++].node = s;
        next[s] |= (uint16_t)(1u << i);
        paths[(int64_t)s * WIDE + i] = 1.0;
    }
    starts[0] = 0;
    while (end > starts[levels]) {
        int64_t begin = starts[levels], stop = end, followed = stop - begin;
        starts[++levels] = stop;
        for (int64_t e = begin; e < stop; e++) {
            int32_t v = entries[e].node;
            entries[e].lanes = next[v];
            seen[v] |= next[v];
            next[v] = 0;
            followed += indptr[v + 1] - indptr[v];
        }
        /* One more than there is: what leads nowhere is written too, and written over. */
        if (widen(w, used, followed + 1) < 0) return -2;
        int32_t *onward = w->onward;
        uint16_t *kept = w->fresh;
        for (int64_t e = begin; e < stop; e++) {
            ends[e] = used;
            NM_PREFETCH(&g->indices[indptr[entries[e + ROWS_SOON < stop ? e + ROWS_SOON : e].node]]);
            used = lead_on(g, seen, onward, kept, used, entries[e].node, entries[e].lanes);
        }
        ends[stop] = used;
        for (int64_t e = begin; e < stop; e++) {
            Wide s = wide_load(paths + (int64_t)entries[e].node * WIDE);
            for (int64_t k = ends[e]; k < ends[e + 1]; k++) {
                nm_fetch(paths + (int64_t)onward[k + SOON < used ? k + SOON : k] * WIDE);
                int32_t u = onward[k];
                unsigned fresh = kept[k], coming = next[u];
                entries[end].node = u;
                end += !coming;
                next[u] = (uint16_t)(coming | fresh);
                double *to = paths + (int64_t)u * WIDE;
                wide_store(to, wide_add(wide_load(to), wide_keep(s, fresh)));
            }
        }
        /* A level of most nodes goes in their order: what follows one another then stands together in memory. */
        if (end - stop > g->n / DENSE) {
            int64_t at = stop;
            for (int64_t v = 0; at < end; v++) {
                entries[at].node = (int32_t)v;
                at += next[v] != 0;
            }
        }
        if (nm_pause(pause, WIDE * followed)) return -1;
    }
    return levels;
}

/* Gather along the arcs of an entry. With `arcs` every arc is given what it carries. */
NM_INLINE Wide gather(const Graph *g, const Work *w, int64_t e, int64_t stop, Wide begins, double *arcs) {
    Wide ahead = wide_zero(), s = wide_times(begins, wide_load(w->paths + (int64_t)w->entries[e].node * WIDE));
    int64_t a = g->indptr[w->entries[e].node];
    for (int64_t k = w->ends[e]; k < w->ends[e + 1]; k++) {
        nm_fetch(w->paths + (int64_t)w->onward[k + SOON < stop ? k + SOON : k] * WIDE);
        int32_t u = w->onward[k];
        Wide x = wide_keep(wide_load(w->paths + (int64_t)u * WIDE), w->fresh[k]);
        ahead = wide_add(ahead, x);
        if (arcs == NULL) continue;
        while (g->indices[a] != u) a++;
        arcs[a++] += wide_sum(wide_keep(wide_times(s, x), w->fresh[k]));
    }
    return ahead;
}

NM_INLINE double *told_of(const Work *w, int32_t v) { return w->told + ((int64_t)w->slots[v] - 1) * WIDE; }

NM_CLONES static void back(const Graph *g, Work *w, int64_t levels, const int32_t *sources, int lanes,
                           const double *mass, double *nodes, double *squares, double *arcs, Pause *pause) {
    double *paths = w->paths;
    const Entry *entries = w->entries;
    const int64_t *starts = w->starts;
    /* How many ends every source and every node stands for. */
    Wide begins = wide_same(1.0);
    for (int i = 0; i < lanes && mass != NULL; i++) begins = wide_mix(begins, wide_same(mass[sources[i]]), 1u << i);
    for (int64_t level = levels - 1; level >= 0; level--) {
        int64_t stop = w->ends[starts[level + 1]];
        for (int64_t e = starts[level]; e < starts[level + 1]; e++) {
            int32_t v = entries[e].node;
            unsigned mine = entries[e].lanes;
            Wide ahead = arcs == NULL ? gather(g, w, e, stop, begins, NULL) : gather(g, w, e, stop, begins, arcs);
            if (level == 0) continue;
            double *to = paths + (int64_t)v * WIDE;
            Wide s = wide_load(to);
            Wide through = wide_keep(wide_times(s, ahead), mine);
            if (level <= 2 && w->told != NULL && w->slots[v])
                through = wide_less(through, wide_keep(wide_load(told_of(w, v)), mine));
            nodes[v] += wide_sum(wide_times(begins, through));
            if (squares != NULL) squares[v] += wide_sum(wide_times(through, through));
            Wide own = wide_inverse(s);
            if (mass != NULL) own = wide_times(own, wide_same(mass[v]));
            wide_store(to, wide_mix(s, wide_add(ahead, own), mine));
        }
        if (nm_pause(pause, WIDE * (starts[level + 1] - starts[level]))) return;
    }
}

/* Write down what is foretold of the nodes one and two steps from every source, or wipe it off again. */
static void tell(const Graph *g, Work *w, Foretold *f, const int32_t *sources, int lanes) {
    int32_t used = 0;
    for (int i = 0; i < lanes; i++) {
        int64_t found = nm_foretell(f, g, sources[i]);
        for (int64_t j = 0; j < found; j++) {
            int32_t v = f->ids[j];
            if (!w->slots[v]) {
                w->slots[v] = ++used;
                wide_store(told_of(w, v), wide_zero());
            }
            told_of(w, v)[i] = f->values[j];
        }
    }
}

static void untell(Work *w, int64_t levels) {
    for (int64_t e = w->starts[0]; e < w->starts[levels < 3 ? levels : 3]; e++) w->slots[w->entries[e].node] = 0;
}

/* betweenness(indptr, indices, sources, others or None, most, symmetric, mass or None, nodes, squares or None, arcs or
   None, stop or None): add to `nodes` what every node carries of the paths from `sources`, to `squares` the same squared source by
   source, and to `arcs` what every arc carries. With `others` what is foretold of a node is taken off first.
   With `mass` a source and an end of a path count as often as it says. */
PyObject *nm_betweenness(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[9], *out = NULL;
    long long most;
    int symmetric;
    if (!PyArg_ParseTuple(args, "OOOOLpOOOOO:betweenness", &o[0], &o[1], &o[2], &o[3], &most, &symmetric, &o[4], &o[5],
                          &o[6], &o[7], &o[8]))
        return NULL;
    Graph g = {0};
    Array sources = {0}, others = {0}, mass = {0}, nodes = {0}, squares = {0}, arcs = {0}, stop = {0};
    Work w = {0};
    Pause pause = {0};
    Foretold f = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&sources, o[2], 'i', 0, -1, "sources") < 0 ||
        nm_check_ids(sources.data, sources.size, g.n, "sources") < 0 || nm_take(&nodes, o[5], 'd', 1, g.n, "nodes") < 0 ||
        nm_take_optional(&others, o[3], 'd', 0, g.n, "others") < 0 ||
        nm_take_optional(&mass, o[4], 'd', 0, g.n, "mass") < 0 ||
        nm_take_optional(&squares, o[6], 'd', 1, g.n, "squares") < 0 ||
        nm_take_optional(&arcs, o[7], 'd', 1, g.arcs, "arcs") < 0 || nm_take_optional(&stop, o[8], 'i', 0, 1, "stop") < 0)
        goto done;
    f.others = others.data;
    f.most = most;
    f.symmetric = symmetric;
    int failed, telling = others.data != NULL;
    nm_go(&pause, &stop);
    failed = work_make(&w, &g, telling) < 0 || (telling && nm_foretold_make(&f, g.n) < 0);
    for (int64_t i = 0; i < sources.size && !failed && !pause.stopped; i += WIDE) {
        int lanes = (int)(sources.size - i < WIDE ? sources.size - i : WIDE);
        const int32_t *from = (const int32_t *)sources.data + i;
        if (telling) tell(&g, &w, &f, from, lanes);
        int64_t levels = outwards(&g, &w, from, lanes, &pause);
        failed = levels == -2;
        if (levels < 0) break;
        back(&g, &w, levels, from, lanes, mass.data, nodes.data, squares.data, arcs.data, &pause);
        if (telling) untell(&w, levels);
    }
    work_free(&w);
    nm_foretold_free(&f);
    if (nm_end(&pause, failed) == 0) out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&sources);
    nm_let_go(&others);
    nm_let_go(&mass);
    nm_let_go(&nodes);
    nm_let_go(&squares);
    nm_let_go(&arcs);
    nm_let_go(&stop);
    return out;
}
