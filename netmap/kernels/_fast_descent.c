/* Stochastic gradient descent on the stress of a drawing (Zheng, Pawar and Goodman 2018): one sweep over all pairs. */
#include <math.h>

#include "_fast.h"

/* descend(first, second, wish, weight, cuts, order, rate, z): go through the rounds of pairs, of which round r holds those
   from cuts[r] to cuts[r + 1], in the given order, and move both ends of each pair towards the distance wished between
   them, by half of weight times rate, at most half way. `z` holds x and y of every node in turn. */
PyObject *nm_descend(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[7], *out = NULL;
    double rate;
    if (!PyArg_ParseTuple(args, "OOOOOOdO:descend", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &rate, &o[6])) return NULL;
    Array first = {0}, second = {0}, wish = {0}, weight = {0}, cuts = {0}, order = {0}, z = {0};
    if (nm_take(&z, o[6], 'd', 1, -1, "z") < 0 || nm_take(&first, o[0], 'i', 0, -1, "first") < 0 ||
        nm_check_ids(first.data, first.size, z.size / 2, "first") < 0 ||
        nm_take(&second, o[1], 'i', 0, first.size, "second") < 0 ||
        nm_check_ids(second.data, second.size, z.size / 2, "second") < 0 ||
        nm_take(&wish, o[2], 'd', 0, first.size, "wish") < 0 || nm_take(&weight, o[3], 'd', 0, first.size, "weight") < 0 ||
        nm_take(&cuts, o[4], 'q', 0, -1, "cuts") < 0)
        goto done;
    const int64_t *cut = cuts.data;
    int outside = cuts.size == 0 || cut[0] != 0 || cut[cuts.size - 1] != first.size;
    for (int64_t r = 1; r < cuts.size; r++) outside |= cut[r] < cut[r - 1];
    if (outside) {
        PyErr_SetString(PyExc_ValueError, "cuts has to rise from 0 to the number of pairs");
        goto done;
    }
    if (nm_take(&order, o[5], 'i', 0, cuts.size - 1, "order") < 0 ||
        nm_check_ids(order.data, order.size, cuts.size - 1, "order") < 0)
        goto done;
    const int32_t *a = first.data, *b = second.data, *turn = order.data;
    const double *d = wish.data, *w = weight.data;
    double *at = z.data;
    Py_BEGIN_ALLOW_THREADS
    for (int64_t r = 0; r < order.size; r++)
        for (int64_t k = cut[turn[r]]; k < cut[turn[r] + 1]; k++) {
            double *p = at + 2 * (int64_t)a[k], *q = at + 2 * (int64_t)b[k];
            double x = p[0] - q[0], y = p[1] - q[1], apart = sqrt(x * x + y * y), pull = w[k] * rate;
            pull = (pull < 1.0 ? pull : 1.0) * 0.5 * (1.0 - d[k] / (apart > 1e-9 ? apart : 1e-9));
            x *= pull;
            y *= pull;
            p[0] -= x;
            p[1] -= y;
            q[0] += x;
            q[1] += y;
        }
    Py_END_ALLOW_THREADS
    out = Py_NewRef(Py_None);
done:
    nm_let_go(&first);
    nm_let_go(&second);
    nm_let_go(&wish);
    nm_let_go(&weight);
    nm_let_go(&cuts);
    nm_let_go(&order);
    nm_let_go(&z);
    return out;
}
