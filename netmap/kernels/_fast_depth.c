/* Depth-first searches: what hangs together only through one node or one tie, and what can be reached there and back. */
#include "_fast.h"

/* One visit to a node in either search brings both: when it was found (-1: not yet), and where its row starts. */
typedef struct {
    int32_t number, start;
} Place;

/* A node on the way from the start of the search to the node at hand. */
typedef struct {
    int32_t node, next, stop, low, number, arc;
    double mass;
} Step;

static Place *places(const Graph *g) {
    Place *place = nm_lines((g->n + 1) * (int64_t)sizeof(Place));
    for (int64_t v = 0; v <= g->n && place != NULL; v++) {
        place[v].number = -1;
        place[v].start = (int32_t)g->indptr[v];
    }
    return place;
}

/* Set out from node v; what its neighbours are is asked for all at once. */
NM_INLINE void enter(const Graph *g, Place *place, Step *step, int32_t v, int32_t number) {
    step->node = v;
    step->next = place[v].start;
    step->stop = place[v + 1].start;
    step->low = step->number = place[v].number = number;
    int32_t some = step->stop - step->next < 16 ? step->stop : step->next + 16;
    for (int32_t a = step->next; a < some; a++) NM_PREFETCH(&place[g->indices[a]]);
}

/* -- cutpoints and bridges ------------------------------------------------------------------------------------- */

typedef struct {
    int32_t *root, *pieces;                          /* one a node */
    double *total, *gone, *squares;
    int32_t *bridge_tie, *bridge_child, *bridge_parent; /* one a bridge */
    double *bridge_mass;
    int32_t *points; /* nodes that hold parts together, in the order the search knows them */
} Cuts;

/* Sets how many points there are and returns how many bridges, -1 without memory. */
static int64_t cut(const Graph *g, const int32_t *tie, const double *mass, const Cuts *c, int64_t *points) {
    Place *place = places(g);
    Step *steps = nm_lines((g->n + 1) * (int64_t)sizeof(Step));
    int64_t bridges = place && steps ? 0 : -1;
    int32_t found = 0;
    if (g->n) memset(c->pieces, 0, (size_t)g->n * 4);
    for (int64_t start = 0; start < g->n && bridges >= 0; start++) {
        if (place[start].number >= 0) continue;
        int64_t depth = 0;
        enter(g, place, &steps[depth], (int32_t)start, found++);
        steps[depth++].mass = mass == NULL ? 1.0 : mass[start];
        c->root[start] = (int32_t)start;
        while (depth) {
            Step *step = &steps[depth - 1];
            if (step->next < step->stop) {
                int32_t a = step->next++, u = g->indices[a], seen = place[u].number;
                if (seen < 0) {
                    enter(g, place, &steps[depth], u, found++);
                    steps[depth].arc = a;
                    steps[depth++].mass = mass == NULL ? 1.0 : mass[u];
                    c->root[u] = (int32_t)start;
                } else if (seen < step->low && (depth < 2 || u != steps[depth - 2].node)) {
                    step->low = seen;
                }
                continue;
            }
            if (!--depth) {
                c->total[start] = step->mass;
                if (c->pieces[start] > 1) c->points[(*points)++] = (int32_t)start;
                continue;
            }
            Step *up = &steps[depth - 1];
            if (step->low < up->low) up->low = step->low;
            up->mass += step->mass;
            if (step->low >= up->number || depth == 1) {
                if (!c->pieces[up->node]++ && depth > 1) c->points[(*points)++] = up->node;
                c->gone[up->node] += step->mass;
                c->squares[up->node] += step->mass * step->mass;
            }
            if (step->low > up->number) {
                c->bridge_tie[bridges] = tie[step->arc];
                c->bridge_child[bridges] = step->node;
                c->bridge_parent[bridges] = up->node;
                c->bridge_mass[bridges++] = step->mass;
            }
        }
    }
    nm_free(place);
    nm_free(steps);
    return bridges;
}

/* cuts(indptr, indices, tie, mass or None, root, pieces, total, gone, squares, bridge_tie, bridge_child, bridge_parent,
   bridge_mass, points): search depth first and add to every node how many parts hang on it alone, with their mass and its squares;
   `total` gets the mass of each component at its first node. Return how many bridges and how many cutpoints were listed. */
PyObject *nm_cuts(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[14], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOOOOOO:cuts", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7], &o[8],
                          &o[9], &o[10], &o[11], &o[12], &o[13]))
        return NULL;
    static const char *const names[] = {"root",       "pieces",       "total",         "gone",       "squares",
                                        "bridge_tie", "bridge_child", "bridge_parent", "bridge_mass", "points"};
    static const char kinds[] = "iidddiiidi";
    Graph g = {0};
    Array tie = {0}, mass = {0}, found[10];
    memset(found, 0, sizeof found);
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&tie, o[2], 'i', 0, g.arcs, "tie") < 0 ||
        nm_take_optional(&mass, o[3], 'd', 0, g.n, "mass") < 0)
        goto done;
    for (int i = 0; i < 10; i++)
        if (nm_take(&found[i], o[4 + i], kinds[i], 1, g.n, names[i]) < 0) goto done;
    Cuts c = {found[0].data, found[1].data, found[2].data, found[3].data, found[4].data,
              found[5].data, found[6].data, found[7].data, found[8].data, found[9].data};
    int64_t bridges, points = 0;
    Py_BEGIN_ALLOW_THREADS
    bridges = cut(&g, tie.data, mass.data, &c, &points);
    Py_END_ALLOW_THREADS
    if (bridges < 0) PyErr_NoMemory();
    else out = Py_BuildValue("LL", (long long)bridges, (long long)points);
done:
    nm_let_go_graph(&g);
    nm_let_go(&tie);
    nm_let_go(&mass);
    for (int i = 0; i < 10; i++) nm_let_go(&found[i]);
    return out;
}

/* -- strong components ----------------------------------------------------------------------------------------- */

/* Tarjan's search; a node whose component is known gets the greatest number, so that nothing leads back to it. */
static int64_t strong(const Graph *g, int64_t *label) {
    Place *place = places(g);
    Step *steps = nm_lines((g->n + 1) * (int64_t)sizeof(Step));
    int32_t *open = nm_lines(g->n * 4), *part = nm_lines(g->n * 4), *first = nm_lines(g->n * 4);
    int64_t parts = place && steps && open && part && first ? 0 : -1, waiting = 0, met = 0;
    int32_t found = 0;
    for (int64_t start = 0; start < g->n && parts >= 0; start++) {
        if (place[start].number >= 0) continue;
        int64_t depth = 0;
        enter(g, place, &steps[depth++], (int32_t)start, found++);
        open[waiting++] = (int32_t)start;
        while (depth) {
            Step *step = &steps[depth - 1];
            if (step->next < step->stop) {
                int32_t u = g->indices[step->next++], seen = place[u].number;
                if (seen < 0) {
                    enter(g, place, &steps[depth++], u, found++);
                    open[waiting++] = u;
                } else if (seen < step->low) {
                    step->low = seen;
                }
                continue;
            }
            depth--;
            if (step->low < step->number) {
                if (step->low < steps[depth - 1].low) steps[depth - 1].low = step->low;
                continue;
            }
            int32_t v;
            do {
                v = open[--waiting];
                part[v] = (int32_t)parts;
                place[v].number = INT32_MAX;
            } while (v != step->node);
            parts++;
        }
    }
    /* Numbered anew by their first node. */
    for (int64_t i = 0; i < parts; i++) first[i] = -1;
    for (int64_t v = 0; v < g->n && parts >= 0; v++) {
        if (first[part[v]] < 0) first[part[v]] = (int32_t)met++;
        label[v] = first[part[v]];
    }
    nm_free(place);
    nm_free(steps);
    nm_free(open);
    nm_free(part);
    nm_free(first);
    return parts;
}

/* strong(indptr, indices, labels): number the strong components by their first node; return how many there are. */
PyObject *nm_strong(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[3], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOO:strong", &o[0], &o[1], &o[2])) return NULL;
    Graph g = {0};
    Array labels = {0};
    int64_t parts;
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&labels, o[2], 'q', 1, g.n, "labels") < 0) goto done;
    Py_BEGIN_ALLOW_THREADS
    parts = strong(&g, labels.data);
    Py_END_ALLOW_THREADS
    if (parts < 0) PyErr_NoMemory();
    else out = PyLong_FromLongLong(parts);
done:
    nm_let_go_graph(&g);
    nm_let_go(&labels);
    return out;
}
