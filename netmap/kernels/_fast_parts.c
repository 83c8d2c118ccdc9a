/* What a graph falls into: connected parts, and cores. */
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
