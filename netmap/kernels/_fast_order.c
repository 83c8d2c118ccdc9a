/* An order of the nodes in which those near one another stand together, so that paths from sixteen of them run alike. */
#include "_fast.h"

/* Nodes that stand together, and nodes around the first of them among which the others are sought. */
#define TOGETHER 16
#define AROUND 128

/* near_order(indptr, indices, order): write the nodes to `order`, by sixteens: a node and the nearest not yet written. */
PyObject *nm_near_order(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[3], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOO:near_order", &o[0], &o[1], &o[2])) return NULL;
    Graph g = {0};
    Array order = {0};
    int32_t *met = NULL, around[AROUND];
    uint8_t *written = NULL;
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&order, o[2], 'i', 1, g.n, "order") < 0) goto done;
    Py_BEGIN_ALLOW_THREADS
    met = nm_lines(g.n * 4);
    written = nm_lines(g.n);
    int32_t *to = order.data, first = 0, next = -1;
    /* `met` holds the number of the search that met a node last. */
    for (int64_t count = 0, search = 1; met && written && count < g.n; search++) {
        while (next < 0 && written[first]) first++;
        int found = 1, taken = 0;
        around[0] = next < 0 ? first : next;
        met[around[0]] = (int32_t)search;
        next = -1;
        for (int i = 0; i < found && next < 0; i++) {
            int32_t v = around[i];
            if (!written[v] && taken == TOGETHER) next = v;
            if (!written[v] && next < 0) {
                written[v] = 1;
                to[count++] = v;
                taken++;
            }
            for (int64_t a = g.indptr[v]; a < g.indptr[v + 1] && found < AROUND; a++) {
                int32_t u = g.indices[a];
                if (met[u] == (int32_t)search) continue;
                met[u] = (int32_t)search;
                around[found++] = u;
            }
        }
    }
    Py_END_ALLOW_THREADS
    if (nm_check_memory(met) == 0 && nm_check_memory(written) == 0) out = Py_NewRef(Py_None);
done:
    nm_free(met);
    nm_free(written);
    nm_let_go_graph(&g);
    nm_let_go(&order);
    return out;
}
