/* Every triangle of an undirected graph once, and what follows from it for the six arcs and six corners it has.

   Arcs point forward from the node of lower degree (of the lower number among equals), so that a hub has few of its own;
   a node's forward neighbours are marked, and theirs are looked up among the marks. */
#include "_fast.h"

void nm_forward_free(Forward *f) {
    nm_free(f->start);
    nm_free(f->head);
    nm_free(f->arc);
    nm_free(f->mark);
}

int nm_forward_make(Forward *f, const Graph *g) {
    f->start = nm_lines((g->n + 1) * 8);
    f->head = nm_lines(g->arcs * 4);
    f->arc = nm_lines(g->arcs * 4);
    f->mark = nm_lines(g->n * 4);
    if (!f->start || !f->head || !f->arc || !f->mark) return -1;
    int64_t used = 0;
    for (int64_t u = 0; u < g->n; u++) {
        int64_t mine = g->indptr[u + 1] - g->indptr[u];
        f->mark[u] = -1;
        for (int64_t a = g->indptr[u]; a < g->indptr[u + 1]; a++) {
            int64_t v = g->indices[a], its = g->indptr[v + 1] - g->indptr[v];
            if (mine < its || (mine == its && u < v)) {
                f->head[used] = (int32_t)v;
                f->arc[used++] = (int32_t)a;
            }
        }
        f->start[u + 1] = used;
    }
    return 0;
}

/* The two arcs of every tie name each other; without that the counts would go astray. */
int nm_check_back(const Graph *g, const int32_t *back) {
    if (nm_check_ids(back, g->arcs, g->arcs, "back") < 0) return -1;
    for (int64_t u = 0; u < g->n; u++)
        for (int64_t a = g->indptr[u]; a < g->indptr[u + 1]; a++)
            if (g->indices[back[a]] != u || back[back[a]] != a) {
                PyErr_SetString(PyExc_ValueError, "back has to name the arc back of every arc");
                return -1;
            }
    return 0;
}

static void products(const Graph *g, const Forward *f, const int32_t *back, const double *left, const double *right,
                     double *total) {
    for (int64_t u = 0; u < g->n; u++) {
        for (int64_t i = f->start[u]; i < f->start[u + 1]; i++) f->mark[f->head[i]] = f->arc[i];
        for (int64_t i = f->start[u]; i < f->start[u + 1]; i++) {
            int64_t v = f->head[i], uv = f->arc[i], vu = back[uv];
            for (int64_t j = f->start[v]; j < f->start[v + 1]; j++) {
                int64_t uw = f->mark[f->head[j]];
                if (uw < 0) continue;
                int64_t vw = f->arc[j], wu = back[uw], wv = back[vw];
                total[uv] += left[uw] * right[wv];
                total[vu] += left[vw] * right[wu];
                total[uw] += left[uv] * right[vw];
                total[wu] += left[wv] * right[vu];
                total[vw] += left[vu] * right[uw];
                total[wv] += left[wu] * right[uv];
            }
        }
        for (int64_t i = f->start[u]; i < f->start[u + 1]; i++) f->mark[f->head[i]] = -1;
    }
}

static void shared(const Graph *g, const Forward *f, const int32_t *back, int64_t *count) {
    for (int64_t u = 0; u < g->n; u++) {
        for (int64_t i = f->start[u]; i < f->start[u + 1]; i++) f->mark[f->head[i]] = f->arc[i];
        for (int64_t i = f->start[u]; i < f->start[u + 1]; i++) {
            int64_t v = f->head[i], found = 0;
            for (int64_t j = f->start[v]; j < f->start[v + 1]; j++) {
                int64_t uw = f->mark[f->head[j]];
                if (uw < 0) continue;
                found++;
                count[uw]++;
                count[f->arc[j]]++;
            }
            count[f->arc[i]] += found;
        }
        for (int64_t i = f->start[u]; i < f->start[u + 1]; i++) f->mark[f->head[i]] = -1;
    }
    /* Counted on forward arcs; what goes back has the same. */
    for (int64_t i = 0; i < f->start[g->n]; i++) count[back[f->arc[i]]] = count[f->arc[i]];
}

/* arc_products(indptr, indices, back, left, right, total): add to every arc i to j the sum over q of left(i, q) right(q, j). */
PyObject *nm_arc_products(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[6], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOO:arc_products", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5])) return NULL;
    Graph g = {0};
    Array back = {0}, left = {0}, right = {0}, total = {0};
    Forward f = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&back, o[2], 'i', 0, g.arcs, "back") < 0 ||
        nm_take(&left, o[3], 'd', 0, g.arcs, "left") < 0 || nm_take(&right, o[4], 'd', 0, g.arcs, "right") < 0 ||
        nm_take(&total, o[5], 'd', 1, g.arcs, "total") < 0 || nm_check_back(&g, back.data) < 0)
        goto done;
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = nm_forward_make(&f, &g);
    if (!failed) products(&g, &f, back.data, left.data, right.data, total.data);
    nm_forward_free(&f);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&back);
    nm_let_go(&left);
    nm_let_go(&right);
    nm_let_go(&total);
    return out;
}

/* common_neighbours(indptr, indices, back, count): add to every arc how many neighbours its two ends share. */
PyObject *nm_common_neighbours(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[4], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOO:common_neighbours", &o[0], &o[1], &o[2], &o[3])) return NULL;
    Graph g = {0};
    Array back = {0}, count = {0};
    Forward f = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&back, o[2], 'i', 0, g.arcs, "back") < 0 ||
        nm_take(&count, o[3], 'q', 1, g.arcs, "count") < 0 || nm_check_back(&g, back.data) < 0)
        goto done;
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = nm_forward_make(&f, &g);
    if (!failed) shared(&g, &f, back.data, count.data);
    nm_forward_free(&f);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&back);
    nm_let_go(&count);
    return out;
}
