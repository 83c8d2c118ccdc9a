/* What a graph falls into: connected parts, cores, and one depth-first search from which cutpoints and bridges follow. */
#include "_fast.h"

static int32_t root_of(int32_t *parent, int32_t v) {
    while (parent[v] != v) {
        parent[v] = parent[parent[v]];
        v = parent[v];
    }
    return v;
}

/* components(indptr, indices, labels): number the connected parts, direction ignored, by their first node. */
PyObject *nm_components(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[3], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOO:components", &o[0], &o[1], &o[2])) return NULL;
    Graph g = {0};
    Array labels = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&labels, o[2], 'q', 1, g.n, "labels") < 0) goto done;
    int32_t *parent;
    int64_t *label = labels.data, parts = 0;
    Py_BEGIN_ALLOW_THREADS
    parent = nm_lines(g.n * 4);
    if (parent != NULL) {
        for (int64_t v = 0; v < g.n; v++) parent[v] = (int32_t)v;
        for (int64_t v = 0; v < g.n; v++)
            for (int64_t a = g.indptr[v]; a < g.indptr[v + 1]; a++) {
                /* The lower number is the root, so a part is met at its first node. */
                int32_t one = root_of(parent, (int32_t)v), two = root_of(parent, g.indices[a]);
                if (one < two) parent[two] = one;
                else parent[one] = two;
            }
        for (int64_t v = 0; v < g.n; v++) {
            int32_t root = root_of(parent, (int32_t)v);
            label[v] = root == v ? parts++ : label[root];
        }
    }
    Py_END_ALLOW_THREADS
    if (nm_check_memory(parent) == 0) out = PyLong_FromLongLong(parts);
    nm_free(parent);
done:
    nm_let_go_graph(&g);
    nm_let_go(&labels);
    return out;
}

/* Peel nodes of least count (Batagelj and Zaversnik): `place` and `sorted` keep them by what is left of their count. */
static int peel(const Graph *g, int64_t *left) {
    int64_t n = g->n, most = 0;
    for (int64_t v = 0; v < n; v++)
        if (left[v] > most) most = left[v];
    int64_t *first = nm_lines((most + 2) * 8);
    int32_t *sorted = nm_lines(n * 4), *place = nm_lines(n * 4);
    int failed = !first || !sorted || !place;
    if (!failed) {
        for (int64_t v = 0; v < n; v++) first[left[v] + 1]++;
        for (int64_t k = 0; k <= most; k++) first[k + 1] += first[k];
        for (int64_t v = 0; v < n; v++) {
            place[v] = (int32_t)first[left[v]]++;
            sorted[place[v]] = (int32_t)v;
        }
        for (int64_t k = most; k > 0; k--) first[k] = first[k - 1];
        first[0] = 0;
        for (int64_t i = 0; i < n; i++) {
            int32_t v = sorted[i];
            for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
                int32_t u = g->indices[a];
                if (left[u] <= left[v]) continue;
                /* Change places with the first of its count, which then begins one further on. */
                int32_t at = (int32_t)first[left[u]], other = sorted[at];
                sorted[place[u]] = other;
                place[other] = place[u];
                sorted[at] = u;
                place[u] = at;
                first[left[u]]++;
                left[u]--;
            }
        }
    }
    nm_free(first);
    nm_free(sorted);
    nm_free(place);
    return failed ? -1 : 0;
}

/* cores(indptr, indices, left): turn `left`, what is counted of every node, into its core number. */
PyObject *nm_cores(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[3], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOO:cores", &o[0], &o[1], &o[2])) return NULL;
    Graph g = {0};
    Array left = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&left, o[2], 'q', 1, g.n, "left") < 0) goto done;
    int64_t *count = left.data;
    for (int64_t v = 0; v < g.n; v++)
        if (count[v] < 0 || count[v] > g.arcs) {
            PyErr_SetString(PyExc_ValueError, "left has to lie between 0 and the number of arcs");
            goto done;
        }
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = peel(&g, count);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&left);
    return out;
}

typedef struct {
    int64_t *parent, *parent_tie, *low, *number, *order, *root;
} Tree;

static int search(const Graph *g, const int32_t *tie, const Tree *t) {
    int64_t *following = nm_lines(g->n * 8);
    int32_t *stack = nm_lines(g->n * 4);
    int failed = !following || !stack;
    int64_t found = 0;
    for (int64_t v = 0; v < g->n && !failed; v++) {
        t->parent[v] = t->parent_tie[v] = t->number[v] = -1;
        t->low[v] = t->root[v] = 0;
        following[v] = g->indptr[v];
    }
    for (int64_t start = 0; start < g->n && !failed; start++) {
        if (t->number[start] >= 0) continue;
        int64_t depth = 0;
        t->number[start] = t->low[start] = found;
        t->root[start] = start;
        t->order[found++] = start;
        stack[depth++] = (int32_t)start;
        while (depth) {
            int64_t v = stack[depth - 1];
            if (following[v] < g->indptr[v + 1]) {
                int64_t a = following[v]++, u = g->indices[a];
                if (t->number[u] < 0) {
                    t->parent[u] = v;
                    t->parent_tie[u] = tie[a];
                    t->root[u] = start;
                    t->number[u] = t->low[u] = found;
                    t->order[found++] = u;
                    stack[depth++] = (int32_t)u;
                } else if (tie[a] != t->parent_tie[v] && t->number[u] < t->low[v]) {
                    t->low[v] = t->number[u];
                }
            } else if (--depth) {
                int64_t up = stack[depth - 1];
                if (t->low[v] < t->low[up]) t->low[up] = t->low[v];
            }
        }
    }
    nm_free(following);
    nm_free(stack);
    return failed ? -1 : 0;
}

/* depth_first(indptr, indices, tie, parent, parent_tie, low, number, order, root, mass, below): search depth first and add
   up for every node the mass of what hangs below it, itself included. */
PyObject *nm_depth_first(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[11], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOOO:depth_first", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7], &o[8],
                          &o[9], &o[10]))
        return NULL;
    static const char *const names[] = {"parent", "parent_tie", "low", "number", "order", "root"};
    Graph g = {0};
    Array tie = {0}, found[6], mass = {0}, below = {0};
    memset(found, 0, sizeof found);
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&tie, o[2], 'i', 0, g.arcs, "tie") < 0) goto done;
    for (int i = 0; i < 6; i++)
        if (nm_take(&found[i], o[3 + i], 'q', 1, g.n, names[i]) < 0) goto done;
    if (nm_take(&mass, o[9], 'd', 0, g.n, "mass") < 0 || nm_take(&below, o[10], 'd', 1, g.n, "below") < 0) goto done;
    Tree t = {found[0].data, found[1].data, found[2].data, found[3].data, found[4].data, found[5].data};
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = search(&g, tie.data, &t);
    if (!failed && g.n) {
        double *sum = below.data;
        memcpy(sum, mass.data, (size_t)g.n * 8);
        /* Children come after their parents in the order of the search. */
        for (int64_t i = g.n - 1; i >= 0; i--) {
            int64_t v = t.order[i];
            if ((uint64_t)v < (uint64_t)g.n && (uint64_t)t.parent[v] < (uint64_t)g.n) sum[t.parent[v]] += sum[v];
        }
    }
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&tie);
    for (int i = 0; i < 6; i++) nm_let_go(&found[i]);
    nm_let_go(&mass);
    nm_let_go(&below);
    return out;
}
