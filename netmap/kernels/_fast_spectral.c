/* Walks along arcs: PageRank, Katz, and the leading eigenvector. Each function takes some steps and returns, so that
   between calls the interpreter sees to an interrupt. */
#include <math.h>

#include "_fast.h"

/* walk(indptr, indices, weights, scale, damping, steps, rank): take up to so many steps of PageRank on the arcs that come
   in; `scale` is 1 / strength of every node's arcs that go out, 0 without. Return how much the last step moved. */
PyObject *nm_walk(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    double damping, moved = 0.0;
    int steps;
    if (!PyArg_ParseTuple(args, "OOOOdiO:walk", &o[0], &o[1], &o[2], &o[3], &damping, &steps, &o[4])) return NULL;
    Graph g = {0};
    Array weights = {0}, scale = {0}, rank = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&weights, o[2], 'd', 0, g.arcs, "weights") < 0 ||
        nm_take(&scale, o[3], 'd', 0, g.n, "scale") < 0 || nm_take(&rank, o[4], 'd', 1, g.n, "rank") < 0)
        goto done;
    double *at = rank.data, *share, *next;
    const double *w = weights.data, *per = scale.data;
    Py_BEGIN_ALLOW_THREADS
    share = nm_lines(g.n * 8);
    next = nm_lines(g.n * 8);
    for (int step = 0; step < steps && share != NULL && next != NULL; step++) {
        double stuck = 0.0, total = 0.0;
        for (int64_t v = 0; v < g.n; v++) {
            share[v] = at[v] * per[v];
            if (per[v] == 0.0) stuck += at[v];
        }
        double base = (damping * stuck + 1.0 - damping) / (double)g.n;
        for (int64_t v = 0; v < g.n; v++) {
            double sum = 0.0;
            for (int64_t a = g.indptr[v]; a < g.indptr[v + 1]; a++) sum += w[a] * share[g.indices[a]];
            next[v] = damping * sum + base;
            total += next[v];
        }
        moved = 0.0;
        for (int64_t v = 0; v < g.n; v++) {
            double now = next[v] / total, change = now - at[v];
            moved += change < 0 ? -change : change;
            at[v] = now;
        }
        if (moved < 1e-15) break;
    }
    Py_END_ALLOW_THREADS
    if (nm_check_memory(share) == 0 && nm_check_memory(next) == 0) out = PyFloat_FromDouble(moved);
    nm_free(share);
    nm_free(next);
done:
    nm_let_go_graph(&g);
    nm_let_go(&weights);
    nm_let_go(&scale);
    nm_let_go(&rank);
    return out;
}

/* katz(indptr, indices, weights, alpha, steps, term, total): follow walks up to so many steps further on the arcs that
   come in; `term` holds those of the last length, `total` all. Return whether longer ones still count. */
PyObject *nm_katz(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    double alpha;
    int steps, counts = 1;
    if (!PyArg_ParseTuple(args, "OOOdiOO:katz", &o[0], &o[1], &o[2], &alpha, &steps, &o[3], &o[4])) return NULL;
    Graph g = {0};
    Array weights = {0}, term = {0}, total = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&weights, o[2], 'd', 0, g.arcs, "weights") < 0 ||
        nm_take(&term, o[3], 'd', 1, g.n, "term") < 0 || nm_take(&total, o[4], 'd', 1, g.n, "total") < 0)
        goto done;
    const double *w = weights.data;
    double *last = term.data, *sum = total.data, *next;
    Py_BEGIN_ALLOW_THREADS
    next = nm_lines(g.n * 8);
    for (int step = 0; step < steps && counts && next != NULL; step++) {
        counts = 0;
        for (int64_t v = 0; v < g.n; v++) {
            double arriving = 0.0;
            for (int64_t a = g.indptr[v]; a < g.indptr[v + 1]; a++) arriving += w[a] * last[g.indices[a]];
            next[v] = alpha * arriving;
            sum[v] += next[v];
            counts |= next[v] > 1e-16 * sum[v];
        }
        if (g.n) memcpy(last, next, (size_t)g.n * 8);
    }
    Py_END_ALLOW_THREADS
    if (nm_check_memory(next) == 0) out = PyBool_FromLong(counts);
    nm_free(next);
done:
    nm_let_go_graph(&g);
    nm_let_go(&weights);
    nm_let_go(&term);
    nm_let_go(&total);
    return out;
}

/* -- the leading eigenvector ----------------------------------------------------------------------------------- */

static double dot(const double *a, const double *b, int64_t n) {
    /* Four sums side by side; which is which depends on the position alone. */
    double sum[4] = {0.0, 0.0, 0.0, 0.0};
    int64_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (int k = 0; k < 4; k++) sum[k] += a[i + k] * b[i + k];
    for (; i < n; i++) sum[0] += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static void times(const Graph *g, const double *w, const double *x, double *y) {
    for (int64_t v = 0; v < g->n; v++) {
        double sum = 0.0;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) sum += w[a] * x[g->indices[a]];
        y[v] = sum;
    }
}

/* The unit vector of the greatest eigenvalue of a symmetric 3 x 3 table, by Jacobi's rotations; its first entry >= 0. */
static void top3(double s[3][3], double top[3]) {
    double v[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int sweep = 0; sweep < 30; sweep++) {
        if (s[0][1] == 0.0 && s[0][2] == 0.0 && s[1][2] == 0.0) break;
        for (int p = 0; p < 2; p++)
            for (int q = p + 1; q < 3; q++) {
                if (s[p][q] == 0.0) continue;
                double theta = (s[q][q] - s[p][p]) / (2.0 * s[p][q]);
                double t = (theta < 0 ? -1.0 : 1.0) / (fabs(theta) + sqrt(theta * theta + 1.0));
                double c = 1.0 / sqrt(t * t + 1.0), d = t * c, pq = s[p][q];
                s[p][p] -= t * pq;
                s[q][q] += t * pq;
                s[p][q] = s[q][p] = 0.0;
                int r = 3 - p - q;
                double rp = s[r][p], rq = s[r][q];
                s[r][p] = s[p][r] = c * rp - d * rq;
                s[r][q] = s[q][r] = d * rp + c * rq;
                for (int i = 0; i < 3; i++) {
                    double ip = v[i][p], iq = v[i][q];
                    v[i][p] = c * ip - d * iq;
                    v[i][q] = d * ip + c * iq;
                }
            }
    }
    int best = 0;
    for (int i = 1; i < 3; i++)
        if (s[i][i] > s[best][best]) best = i;
    for (int i = 0; i < 3; i++) top[i] = v[0][best] < 0 ? -v[i][best] : v[i][best];
}

/* x is the vector so far, p the direction it came by, w a new one; ax, ap and aw are what the graph makes of them. */
typedef struct {
    double *x, *p, *w, *ax, *ap, *aw;
} Climb;

static void scale(double *x, double by, int64_t n) {
    for (int64_t i = 0; i < n; i++) x[i] *= by;
}

/* Take w out of x: w -= (x . w) x, for x of length 1. */
static void take_out(const double *x, double *w, int64_t n) {
    double along = dot(x, w, n);
    for (int64_t i = 0; i < n; i++) w[i] -= along * x[i];
}

/* Locally optimal steps (Knyazev's, for one vector): the best of x, the residual and the last direction, again and again.
   Sets the eigenvalue and the length of the residual of where it ends. */
static void climb(const Graph *g, const double *weights, Climb *c, int steps, double *value, double *residual) {
    int64_t n = g->n;
    scale(c->x, 1.0 / sqrt(dot(c->x, c->x, n)), n);
    take_out(c->x, c->p, n);
    double length = sqrt(dot(c->p, c->p, n));
    int directed = length > 0.0;
    if (directed) scale(c->p, 1.0 / length, n);
    times(g, weights, c->x, c->ax);
    times(g, weights, c->p, c->ap);
    for (int step = 0; step <= steps; step++) {
        if (step == steps) times(g, weights, c->x, c->ax);
        double lambda = dot(c->x, c->ax, n) / dot(c->x, c->x, n);
        for (int64_t i = 0; i < n; i++) c->w[i] = c->ax[i] - lambda * c->x[i];
        *value = lambda;
        *residual = sqrt(dot(c->w, c->w, n));
        if (step == steps || !(*residual > 1e-16 * lambda)) break;
        scale(c->w, 1.0 / *residual, n);
        take_out(c->x, c->w, n);
        if (directed) {
            double along = dot(c->p, c->w, n);
            /* Where little but the last direction is left, that stands for it. */
            if (along * along > 0.999999) memset(c->p, 0, (size_t)n * 8), memset(c->ap, 0, (size_t)n * 8);
            else take_out(c->p, c->w, n);
        }
        length = sqrt(dot(c->w, c->w, n));
        if (!(length > 1e-6)) break;
        scale(c->w, 1.0 / length, n);
        times(g, weights, c->w, c->aw);
        double xx = lambda, xw = dot(c->ax, c->w, n), xp = dot(c->ax, c->p, n);
        double ww = dot(c->aw, c->w, n), wp = dot(c->ap, c->w, n), pp = dot(c->ap, c->p, n), t[3];
        double s[3][3] = {{xx, xw, xp}, {xw, ww, wp}, {xp, wp, pp}};
        top3(s, t);
        double side = sqrt(t[1] * t[1] + t[2] * t[2]);
        if (!(side > 0.0)) break;
        double on_w = t[0] * t[1] / side, on_p = t[0] * t[2] / side;
        for (int64_t i = 0; i < n; i++) {
            double x = c->x[i], w = c->w[i], p = c->p[i], ax = c->ax[i], aw = c->aw[i], ap = c->ap[i];
            c->x[i] = t[0] * x + t[1] * w + t[2] * p;
            c->p[i] = on_w * w + on_p * p - side * x;
            c->ax[i] = t[0] * ax + t[1] * aw + t[2] * ap;
            c->ap[i] = on_w * aw + on_p * ap - side * ax;
        }
        directed = 1;
    }
}

/* climb(indptr, indices, weights, steps, vector, direction): bring the vector of an undirected graph nearer to that of the
   greatest eigenvalue; `direction` is zero at first and carries over. Return the eigenvalue and the length of the residual. */
PyObject *nm_climb(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    int steps;
    if (!PyArg_ParseTuple(args, "OOOiOO:climb", &o[0], &o[1], &o[2], &steps, &o[3], &o[4])) return NULL;
    Graph g = {0};
    Array weights = {0}, vector = {0}, direction = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&weights, o[2], 'd', 0, g.arcs, "weights") < 0 ||
        nm_take(&vector, o[3], 'd', 1, g.n, "vector") < 0 || nm_take(&direction, o[4], 'd', 1, g.n, "direction") < 0)
        goto done;
    double value = 0.0, residual = 0.0;
    double *room;
    Py_BEGIN_ALLOW_THREADS
    int64_t n = g.n, line = (n + 7) / 8 * 8;
    room = nm_lines(4 * line * 8);
    if (room != NULL && n) {
        Climb c = {vector.data, direction.data, room, room + line, room + 2 * line, room + 3 * line};
        climb(&g, weights.data, &c, steps, &value, &residual);
    }
    Py_END_ALLOW_THREADS
    if (nm_check_memory(room) == 0) out = Py_BuildValue("dd", value, residual);
    nm_free(room);
done:
    nm_let_go_graph(&g);
    nm_let_go(&weights);
    nm_let_go(&vector);
    nm_let_go(&direction);
    return out;
}

/* arrive(indptr, indices, weights, steps, vector): multiply a positive vector of sum 1 by the arcs that come in and itself,
   again and again, so many times. Return the eigenvalue and how much the last step moved. */
PyObject *nm_arrive(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[4], *out = NULL;
    int steps;
    if (!PyArg_ParseTuple(args, "OOOiO:arrive", &o[0], &o[1], &o[2], &steps, &o[3])) return NULL;
    Graph g = {0};
    Array weights = {0}, vector = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&weights, o[2], 'd', 0, g.arcs, "weights") < 0 ||
        nm_take(&vector, o[3], 'd', 1, g.n, "vector") < 0)
        goto done;
    double *x = vector.data, *next, value = 0.0, moved = 0.0;
    Py_BEGIN_ALLOW_THREADS
    next = nm_lines(g.n * 8);
    for (int step = 0; step < steps && next != NULL; step++) {
        times(&g, weights.data, x, next);
        value = 0.0;
        for (int64_t v = 0; v < g.n; v++) value += next[v];
        moved = 0.0;
        /* Adding a part of what was there keeps a graph whose cycles all share a factor from swinging. */
        for (int64_t v = 0; v < g.n; v++) {
            double now = (next[v] / value + 0.25 * x[v]) / 1.25, change = now - x[v];
            moved += change < 0 ? -change : change;
            x[v] = now;
        }
        if (moved < 1e-15) break;
    }
    Py_END_ALLOW_THREADS
    if (nm_check_memory(next) == 0) out = Py_BuildValue("dd", value, moved);
    nm_free(next);
done:
    nm_let_go_graph(&g);
    nm_let_go(&weights);
    nm_let_go(&vector);
    return out;
}
