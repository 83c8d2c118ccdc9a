/* What can be told of a source's paths from two steps outwards: see `foretold.py` for what is told and why. */
#include "_fast_foretold.h"

int nm_foretold_make(Foretold *f, int64_t n) {
    /* One more is written and written over. */
    f->ids = nm_lines((n + 1) * 4);
    f->values = nm_lines(n * 8);
    f->paths = nm_lines((n + 1) * 8);
    f->place = nm_lines(n * 4);
    return f->ids && f->values && f->paths && f->place ? 0 : -1;
}

void nm_foretold_free(Foretold *f) {
    nm_free(f->ids);
    nm_free(f->values);
    nm_free(f->paths);
    nm_free(f->place);
}

int64_t nm_foretell(Foretold *f, const Graph *g, int32_t source) {
    const int64_t *indptr = g->indptr;
    const int32_t *indices = g->indices;
    int64_t first = indptr[source], stop = indptr[source + 1], found = 0, walks = 0;
    double others = f->others[source];
    f->place[source] = (int32_t)g->n + 1;
    for (int64_t a = first; a < stop; a++) {
        int32_t u = indices[a];
        walks += indptr[u + 1] - indptr[u];
        NM_PREFETCH(&indices[indptr[u]]);
        if (f->place[u]) continue;
        f->ids[found++] = u;
        f->place[u] = (int32_t)found;
    }
    int64_t near = found, far = walks <= f->most;
    for (int64_t a = first; a < stop && far; a++) {
        int32_t u = indices[a];
        for (int64_t b = indptr[u]; b < indptr[u + 1]; b++) {
            /* How a walk ends cannot be guessed, so no branch hangs on it. */
            int32_t w = indices[b], there = f->place[w];
            f->ids[found] = w;
            found += there == 0;
            there = there == 0 ? (int32_t)found : there;
            f->place[w] = there;
            f->paths[there - 1] += 1.0;
        }
    }
    f->paths[g->n] = 0.0;
    for (int64_t i = 0; i < near; i++) f->paths[i] = 0.0;
    /* Beyond two steps paths go on in proportion to the arcs that do not lead back. */
    double rest = others - (double)found, onward = 0.0;
    if (rest < 0.0) rest = 0.0;
    for (int64_t i = near; i < found; i++) {
        int32_t w = f->ids[i];
        double ahead = (double)(indptr[w + 1] - indptr[w]) - (f->symmetric ? f->paths[i] : 0.0);
        f->values[i] = ahead > 0.0 ? ahead : 0.0;
        onward += f->values[i];
    }
    for (int64_t i = near; i < found; i++) {
        double carried = onward > 0.0 ? rest * f->values[i] / onward : 0.0;
        f->values[i] = carried;
        f->paths[i] = (1.0 + carried) / f->paths[i];
    }
    for (int64_t i = 0; i < near; i++) {
        int32_t u = f->ids[i];
        double carried = far ? 0.0 : rest / (double)near;
        for (int64_t b = indptr[u]; b < indptr[u + 1] && far; b++) carried += f->paths[f->place[indices[b]] - 1];
        f->values[i] = carried;
    }
    f->place[source] = 0;
    for (int64_t i = 0; i < found; i++) {
        f->place[f->ids[i]] = 0;
        f->paths[i] = 0.0;
    }
    return found;
}

/* foretold_sums(indptr, indices, others, most, symmetric, total, stop or None): add to `total` what every node is likely to carry of
   the paths from all nodes. */
PyObject *nm_foretold_sums(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    long long most;
    int symmetric;
    if (!PyArg_ParseTuple(args, "OOOLpOO:foretold_sums", &o[0], &o[1], &o[2], &most, &symmetric, &o[3], &o[4])) return NULL;
    Graph g = {0};
    Array others = {0}, total = {0}, stop = {0};
    Pause pause = {0};
    Foretold f = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&others, o[2], 'd', 0, g.n, "others") < 0 ||
        nm_take(&total, o[3], 'd', 1, g.n, "total") < 0 ||
        nm_take_optional(&stop, o[4], 'i', 0, 1, "stop") < 0)
        goto done;
    f.others = others.data;
    f.most = most;
    f.symmetric = symmetric;
    int failed;
    nm_go(&pause, &stop);
    failed = nm_foretold_make(&f, g.n);
    for (int32_t s = 0; s < g.n && !failed; s++) {
        int64_t found = nm_foretell(&f, &g, s);
        if (nm_pause(&pause, 8 * found)) break;
        for (int64_t i = 0; i < found; i++) ((double *)total.data)[f.ids[i]] += f.values[i];
    }
    nm_foretold_free(&f);
    if (nm_end(&pause, failed) == 0) out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go(&others);
    nm_let_go(&total);
    nm_let_go(&stop);
    return out;
}
