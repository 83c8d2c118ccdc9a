/* Communities by the Leiden algorithm (Traag, Waltman and van Eck 2019): nodes are moved, communities refined into parts
   that hold together, the parts become the nodes of a smaller graph, and so on until no two are worth joining. */
#include "_fast.h"

#include <float.h>

/* Gains below this share of a node's strength are rounding, and a node is looked at this often at most, on average. */
#define SMALLEST 1e-12
#define VISITS 1000
/* About how many arcs are followed at a node while communities are refined. */
#define ARCS 20

/* The graph of one level: its nodes are parts of the level below, and a node's strength counts ties within it as well. */
typedef struct {
    int64_t n;
    const int64_t *indptr;
    const int32_t *indices;
    const double *weights;
    const double *strength;
    void *held[4];
} Level;

/* What every level works with, made once for the largest. Fields of a community are kept at its number. */
typedef struct {
    uint64_t state;       /* of the random numbers */
    double scale;         /* resolution / sum of all strengths */
    int32_t *node;        /* node of the level at hand that each node of the graph is in */
    int32_t *label;       /* community of each node of the level */
    int32_t *part;        /* refined part of each node of the level */
    int32_t *size;        /* nodes in each community */
    double *volume;       /* strength of each community */
    double *mass;         /* strength of each part */
    double *outward;      /* strength between each part and the rest of its community */
    double *with;         /* strength between the node at hand and each community; zero between nodes */
    int32_t *met;         /* communities the node at hand has ties with */
    int32_t *queue;
    int32_t *order;       /* nodes by community */
    int32_t *spare;       /* numbers of empty communities */
    int32_t *number;
    int64_t *start;
    uint8_t *waiting;     /* in the queue; while refining: joined by others */
    Pause *pause;
} Work;

/* The next random number (splitmix64, Steele, Lea and Flood 2014), below `bound`. */
static int64_t below(Work *w, int64_t bound) {
    uint64_t z = (w->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (int64_t)(((z >> 32) * (uint64_t)bound) >> 32);
}

static void shuffle(Work *w, int32_t *items, int64_t count) {
    for (int64_t i = count - 1; i > 0; i--) {
        int64_t j = below(w, i + 1);
        int32_t kept = items[i];
        items[i] = items[j];
        items[j] = kept;
    }
}

/* Ask the memory for what the nodes soon up in the queue will need; what is looked at first is waited for longest. */
static inline void fetch_ahead(const Work *w, const Level *g, int64_t head) {
#if defined(__GNUC__) || defined(__clang__)
    int64_t far = head + 8, near = head + 3;
    int32_t u = w->queue[far < g->n ? far : far - g->n];
    __builtin_prefetch(&w->label[u]);
    __builtin_prefetch(&g->indices[g->indptr[u]]);
    __builtin_prefetch(&g->weights[g->indptr[u]]);
    u = w->queue[near < g->n ? near : near - g->n];
    int64_t stop = g->indptr[u + 1] < g->indptr[u] + 12 ? g->indptr[u + 1] : g->indptr[u] + 12;
    for (int64_t a = g->indptr[u]; a < stop; a++) __builtin_prefetch(&w->label[g->indices[a]]);
#else
    (void)w, (void)g, (void)head;
#endif
}

/* Move each node to the community where it adds most to the modularity, until none is better off elsewhere; return how
   many moved, or -1 when the work is to stop. */
static int64_t move_nodes(Work *w, const Level *g) {
    int64_t n = g->n, moved = 0, waiting = 0, head = 0, spares = 0;
    memset(w->volume, 0, (size_t)n * 8);
    memset(w->size, 0, (size_t)n * 4);
    for (int64_t v = 0; v < n; v++) {
        w->volume[w->label[v]] += g->strength[v];
        w->size[w->label[v]]++;
    }
    for (int64_t c = n - 1; c >= 0; c--)
        if (w->size[c] == 0) w->spare[spares++] = (int32_t)c;
    for (int64_t v = 0; v < n; v++) {
        w->waiting[v] = g->indptr[v] < g->indptr[v + 1];
        if (w->waiting[v]) w->queue[waiting++] = (int32_t)v;
    }
    shuffle(w, w->queue, waiting);
    for (int64_t left = VISITS * n; waiting && left; left--) {
        int32_t v = w->queue[head], own = w->label[v], best = own;
        if (++head == n) head = 0;
        waiting--;
        if (nm_pause(w->pause, g->indptr[v + 1] - g->indptr[v])) return -1;
        if (waiting > 8) fetch_ahead(w, g, head);
        w->waiting[v] = 0;
        int64_t met = 0;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
            int32_t c = w->label[g->indices[a]];
            w->met[met] = c;
            met += w->with[c] == 0.0;
            w->with[c] += g->weights[a];
        }
        double strength = g->strength[v];
        double rest = w->size[own] == 1 ? 0.0 : w->volume[own] - strength;
        double most = w->with[own] - strength * (rest * w->scale) + SMALLEST * strength;
        for (int64_t i = 0; i < met; i++) {
            int32_t c = w->met[i];
            double gain = w->with[c] - strength * (w->volume[c] * w->scale);
            if (c != own && gain > most) {
                most = gain;
                best = c;
            }
            w->with[c] = 0.0;
        }
        if (most < 0.0 && w->size[own] > 1) best = w->spare[--spares];
        if (best == own) continue;
        moved++;
        w->volume[own] = rest;
        w->volume[best] += strength;
        w->size[best]++;
        if (--w->size[own] == 0) w->spare[spares++] = own;
        w->label[v] = best;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
            int32_t u = g->indices[a];
            if (w->waiting[u] || w->label[u] == best) continue;
            w->waiting[u] = 1;
            int64_t tail = head + waiting++;
            w->queue[tail < n ? tail : tail - n] = u;
        }
    }
    return moved;
}

/* Put nodes in order of their communities, which are numbered anew from 0; return how many there are. */
static int64_t by_community(Work *w, int64_t n) {
    int64_t found = 0;
    for (int64_t c = 0; c < n; c++) w->number[c] = -1;
    for (int64_t v = 0; v < n; v++) {
        int32_t *number = &w->number[w->label[v]];
        if (*number < 0) {
            *number = (int32_t)found;
            w->mass[found++] = w->volume[w->label[v]];
        }
        w->label[v] = *number;
    }
    memcpy(w->volume, w->mass, (size_t)found * 8);
    memset(w->start, 0, (size_t)(found + 1) * 8);
    for (int64_t v = 0; v < n; v++) w->start[w->label[v] + 1]++;
    for (int64_t c = 0; c < found; c++) w->start[c + 1] += w->start[c];
    for (int64_t v = 0; v < n; v++) w->order[w->start[w->label[v]]++] = (int32_t)v;
    for (int64_t c = found; c > 0; c--) w->start[c] = w->start[c - 1];
    w->start[0] = 0;
    return found;
}

/* Split community c into parts: each node, in random order, joins the part that gains most where both are well tied to
   the rest of the community. A node that others joined stays, so that every part hangs together. */
static void refine(Work *w, const Level *g, int64_t c) {
    int32_t *members = w->order + w->start[c];
    int64_t count = w->start[c + 1] - w->start[c];
    double all = w->volume[c];
    for (int64_t i = 0; i < count; i++) {
        int32_t v = members[i];
        double outward = 0.0;
        if (count > 1)
            for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++)
                if (w->label[g->indices[a]] == c) outward += g->weights[a];
        w->part[v] = v;
        w->mass[v] = g->strength[v];
        w->outward[v] = outward;
        w->waiting[v] = 0;
    }
    if (count == 1) return;
    shuffle(w, members, count);
    for (int64_t i = 0; i < count; i++) {
        int32_t v = members[i], best = v;
        double strength = g->strength[v], most = SMALLEST * strength, tied = 0.0;
        if (w->waiting[v] || w->outward[v] < strength * ((all - strength) * w->scale)) continue;
        int64_t met = 0;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
            int32_t u = g->indices[a];
            if (w->label[u] != c) continue;
            int32_t p = w->part[u];
            w->met[met] = p;
            met += w->with[p] == 0.0;
            w->with[p] += g->weights[a];
        }
        for (int64_t j = 0; j < met; j++) {
            int32_t p = w->met[j];
            double gain = w->with[p] - strength * (w->mass[p] * w->scale);
            if (gain > most && w->outward[p] >= w->mass[p] * ((all - w->mass[p]) * w->scale)) {
                most = gain;
                best = p;
                tied = w->with[p];
            }
            w->with[p] = 0.0;
        }
        if (best == v) continue;
        w->part[v] = best;
        w->mass[best] += strength;
        w->outward[best] += w->outward[v] - 2.0 * tied;
        w->waiting[best] = 1;
    }
}

static void let_go(Level *level) {
    for (int i = 0; i < 4; i++) nm_free(level->held[i]);
    memset(level, 0, sizeof *level);
}

/* Make the graph whose nodes are the parts of `g`, with the communities they are in. The work's `part` then numbers them. */
static int aggregate(Work *w, const Level *g, int64_t parts, Level *out) {
    int64_t n = g->n, arcs = 0;
    memset(w->start, 0, (size_t)(parts + 1) * 8);
    for (int64_t v = 0; v < n; v++) {
        w->start[w->part[v] + 1]++;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) arcs += w->part[g->indices[a]] != w->part[v];
    }
    for (int64_t p = 0; p < parts; p++) w->start[p + 1] += w->start[p];
    for (int64_t v = 0; v < n; v++) w->queue[w->start[w->part[v]]++] = (int32_t)v;
    for (int64_t p = parts; p > 0; p--) w->start[p] = w->start[p - 1];
    w->start[0] = 0;
    int64_t *indptr = nm_lines((parts + 1) * 8);
    int32_t *indices = nm_lines(arcs * 4);
    double *weights = nm_lines(arcs * 8), *strength = nm_lines(parts * 8);
    *out = (Level){parts, indptr, indices, weights, strength, {indptr, indices, weights, strength}};
    if (!indptr || !indices || !weights || !strength) return -1;
    arcs = 0;
    for (int64_t p = 0; p < parts; p++) {
        int64_t met = 0;
        double sum = 0.0;
        int32_t community = 0;
        for (int64_t i = w->start[p]; i < w->start[p + 1]; i++) {
            int32_t v = w->queue[i];
            sum += g->strength[v];
            community = w->label[v];
            for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
                int32_t q = w->part[g->indices[a]];
                if (q == p) continue;
                w->met[met] = q;
                met += w->with[q] == 0.0;
                w->with[q] += g->weights[a];
            }
        }
        for (int64_t i = 0; i < met; i++) {
            int32_t q = w->met[i];
            indices[arcs] = q;
            weights[arcs++] = w->with[q];
            w->with[q] = 0.0;
        }
        indptr[p + 1] = arcs;
        strength[p] = sum;
        w->number[p] = community;
    }
    memcpy(w->label, w->number, (size_t)parts * 4);
    return 0;
}

/* Make a community of every connected part of one, numbered from the largest, equal sizes by their first node. */
static void split(Work *w, const Level *g) {
    int64_t n = g->n, found = 0;
    for (int64_t v = 0; v < n; v++) w->part[v] = -1;
    memset(w->start, 0, (size_t)(n + 1) * 8);
    for (int64_t v = 0; v < n; v++) {
        if (w->part[v] >= 0) continue;
        int64_t tail = 0;
        w->queue[tail++] = (int32_t)v;
        w->part[v] = (int32_t)found;
        for (int64_t head = 0; head < tail; head++) {
            int32_t u = w->queue[head];
            for (int64_t a = g->indptr[u]; a < g->indptr[u + 1]; a++) {
                int32_t x = g->indices[a];
                if (w->part[x] >= 0 || w->label[x] != w->label[u]) continue;
                w->part[x] = (int32_t)found;
                w->queue[tail++] = x;
            }
        }
        w->size[found++] = (int32_t)tail;
        w->start[n - tail + 1]++;
    }
    for (int64_t i = 0; i < n; i++) w->start[i + 1] += w->start[i];
    for (int64_t c = 0; c < found; c++) w->number[c] = (int32_t)w->start[n - w->size[c]]++;
    for (int64_t v = 0; v < n; v++) w->label[v] = w->number[w->part[v]];
}

/* One iteration, from the communities in `label`: how many nodes were moved, or -1 when stopped or without memory. */
static int64_t iterate(Work *w, const Level *graph) {
    Level level = *graph, next;
    int64_t moved = 0;
    for (int64_t v = 0; v < graph->n; v++) w->node[v] = (int32_t)v;
    for (;;) {
        int64_t n = level.n, parts = 0;
        int64_t more = move_nodes(w, &level), communities = more < 0 ? 0 : by_community(w, n);
        moved += more;
        if (communities == n) break;
        for (int64_t c = 0; c < communities && !w->pause->stopped; c++) {
            refine(w, &level, c);
            nm_pause(w->pause, ARCS * (w->start[c + 1] - w->start[c]));
        }
        if (w->pause->stopped) {
            let_go(&level);
            return -1;
        }
        for (int64_t v = 0; v < n; v++) w->number[v] = -1;
        for (int64_t i = 0; i < n; i++) {
            int32_t *number = &w->number[w->part[w->order[i]]];
            if (*number < 0) *number = (int32_t)parts++;
        }
        /* Where nothing could be joined within communities, they become nodes themselves. */
        for (int64_t v = 0; v < n; v++) w->part[v] = parts == n ? w->label[v] : w->number[w->part[v]];
        int failed = aggregate(w, &level, parts == n ? communities : parts, &next);
        let_go(&level);
        level = next;
        if (failed) {
            let_go(&level);
            return -1;
        }
        for (int64_t v = 0; v < graph->n; v++) w->node[v] = w->part[w->node[v]];
    }
    let_go(&level);
    for (int64_t v = 0; v < graph->n; v++) w->part[v] = w->label[w->node[v]];
    memcpy(w->label, w->part, (size_t)graph->n * 4);
    split(w, graph);
    return moved;
}

static int64_t run(const Graph *g, const double *weights, double *strength, double resolution, uint64_t seed, int64_t first,
                   int64_t stop, int32_t *labels, Pause *pause) {
    int64_t n = g->n, moved = 0;
    double total = 0.0;
    for (int64_t v = 0; v < n; v++) {
        strength[v] = 0.0;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) strength[v] += weights[a];
        total += strength[v];
    }
    Level graph = {n, g->indptr, g->indices, weights, strength, {NULL, NULL, NULL, NULL}};
    Work w = {0, total > 0.0 ? resolution / total : 0.0, nm_lines(n * 4), nm_lines(n * 4), nm_lines(n * 4), nm_lines(n * 4),
              nm_lines(n * 8), nm_lines(n * 8), nm_lines(n * 8), nm_lines(n * 8), nm_lines((n + 1) * 4), nm_lines(n * 4),
              nm_lines(n * 4), nm_lines(n * 4), nm_lines(n * 4), nm_lines((n + 1) * 8), nm_lines(n), pause};
    if (!w.node || !w.label || !w.part || !w.size || !w.volume || !w.mass || !w.outward || !w.with || !w.met || !w.queue ||
        !w.order || !w.spare || !w.number || !w.start || !w.waiting)
        moved = -1;
    else memcpy(w.label, labels, (size_t)n * 4);
    for (int64_t i = first; i < stop && moved >= 0; i++) {
        /* Every iteration has random numbers of its own, so that it does not matter how many are made in one call. */
        w.state = seed;
        w.state = (uint64_t)below(&w, INT64_C(1) << 31) ^ (seed << 31) ^ ((uint64_t)i * UINT64_C(0xD1342543DE82EF95));
        moved = iterate(&w, &graph);
        if (moved == 0) break;
    }
    if (moved >= 0) memcpy(labels, w.label, (size_t)n * 4);
    void *all[] = {w.node, w.label, w.part, w.size, w.volume, w.mass, w.outward, w.with, w.met, w.queue, w.order, w.spare,
                   w.number, w.start, w.waiting};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) nm_free(all[i]);
    return moved;
}

/* leiden(indptr, indices, weights, resolution, seed, first, stop, labels, halt): improve the communities in `labels` by the
   iterations from `first` up to `stop`; return how many nodes the last one moved. */
PyObject *nm_leiden(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    double resolution;
    unsigned long long seed;
    long long first, stop;
    if (!PyArg_ParseTuple(args, "OOOdKLLOO:leiden", &o[0], &o[1], &o[2], &resolution, &seed, &first, &stop, &o[3], &o[4]))
        return NULL;
    Graph g = {0};
    Array weights = {0}, labels = {0}, halt = {0};
    Pause pause = {0};
    double *strength = NULL;
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&weights, o[2], 'd', 0, g.arcs, "weights") < 0 ||
        nm_take(&labels, o[3], 'i', 1, g.n, "labels") < 0 || nm_check_ids(labels.data, g.n, g.n, "labels") < 0 || nm_take_optional(&halt, o[4], 'i', 0, 1, "halt") < 0)
        goto done;
    const double *weight = weights.data;
    int outside = !(resolution > 0.0 && resolution <= DBL_MAX);
    for (int64_t a = 0; a < g.arcs; a++) outside |= !(weight[a] > 0.0 && weight[a] <= DBL_MAX);
    if (outside) {
        PyErr_SetString(PyExc_ValueError, "weights and resolution have to be positive numbers");
        goto done;
    }
    int64_t moved = -1;
    nm_go(&pause, &halt);
    strength = nm_lines(g.n * 8);
    if (strength != NULL) moved = run(&g, weight, strength, resolution, seed, first, stop, labels.data, &pause);
    if (nm_end(&pause, moved < 0) == 0) out = PyLong_FromLongLong(moved);
done:
    nm_free(strength);
    nm_let_go_graph(&g);
    nm_let_go(&weights);
    nm_let_go(&labels);
    nm_let_go(&halt);
    return out;
}
