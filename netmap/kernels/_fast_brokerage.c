/* Paths of two steps that a tie closes, at each corner of every triangle, by the groups of the three nodes. */
#include "_fast_triangles.h"

typedef struct {
    const uint8_t *from_row; /* whether there is a tie along an arc of the undirected graph */
    const uint8_t *to_row;   /* whether there is one against it */
    const int32_t *labels;
    double *roles;           /* five to a node: coordinator, consultant, representative, gatekeeper, liaison */
    double *first;
    double *second;
    double *returned;
} Corners;

static int role_of(int32_t v, int32_t a, int32_t b) {
    if (a == v) return b == v ? 0 : 2;
    if (b == v) return 3;
    return a == b ? 1 : 4;
}

/* The path a to v to b; arc_a and arc_b leave v for a and b, arc_ab leaves a for b. */
static void corner(const Corners *c, int64_t v, int64_t a, int64_t b, int64_t arc_a, int64_t arc_b, int64_t arc_ab) {
    if (!c->to_row[arc_a] || !c->from_row[arc_b]) return;
    if (c->from_row[arc_ab]) {
        c->roles[5 * v + role_of(c->labels[v], c->labels[a], c->labels[b])] += 1.0;
        c->first[arc_a] += 1.0;
        c->second[arc_b] += 1.0;
    }
    if (c->from_row[arc_a] && c->to_row[arc_b]) c->returned[v] += 1.0;
}

typedef struct {
    const int32_t *mate;
    Corners corners;
} Search;

NM_INLINE void add_corners(void *context, int32_t u, int32_t v, int32_t w, int32_t vu, int32_t wu, int32_t wv) {
    const Search *s = context;
    const Corners *c = &s->corners;
    int64_t uv = s->mate[vu], uw = s->mate[wu], vw = s->mate[wv];
    corner(c, u, v, w, uv, uw, vw);
    corner(c, u, w, v, uw, uv, wv);
    corner(c, v, u, w, vu, vw, uw);
    corner(c, v, w, u, vw, vu, wu);
    corner(c, w, u, v, wu, wv, uv);
    corner(c, w, v, u, wv, wu, vu);
}

/* closed_paths(indptr, indices, from_row, to_row, labels, roles, first, second, returned, stop): count them at every
   centre by role, at the arcs to their two ends, and pairs of ends that are both tied to the centre both ways. */
PyObject *nm_closed_paths(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[10], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOO:closed_paths", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7], &o[8], &o[9]))
        return NULL;
    Graph g = {0};
    Array from_row = {0}, to_row = {0}, labels = {0}, roles = {0}, first = {0}, second = {0}, returned = {0}, stop = {0};
    Forward f = {0};
    Pause pause;
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&from_row, o[2], 'B', 0, g.arcs, "from_row") < 0 ||
        nm_take(&to_row, o[3], 'B', 0, g.arcs, "to_row") < 0 || nm_take(&labels, o[4], 'i', 0, g.n, "labels") < 0 ||
        nm_take(&roles, o[5], 'd', 1, 5 * g.n, "roles") < 0 || nm_take(&first, o[6], 'd', 1, g.arcs, "first") < 0 ||
        nm_take(&second, o[7], 'd', 1, g.arcs, "second") < 0 || nm_take(&returned, o[8], 'd', 1, g.n, "returned") < 0 ||
        nm_take_optional(&stop, o[9], 'i', 0, 1, "stop") < 0)
        goto done;
    nm_go(&pause, &stop);
    int32_t *mate = nm_lines(g.arcs * 4);
    int failed = mate == NULL ? -1 : nm_mates(&g, mate);
    if (!failed) failed = nm_forward_make(&f, &g, NULL);
    Search s = {mate, {from_row.data, to_row.data, labels.data, roles.data, first.data, second.data, returned.data}};
    if (!failed) failed = nm_each_triangle(&f, &pause, nm_nothing_ahead, add_corners, &s);
    nm_forward_free(&f);
    nm_free(mate);
    if (nm_end(&pause, 0) == 0) out = nm_forward_done(failed);
done:
    nm_let_go_graph(&g);
    nm_let_go(&from_row);
    nm_let_go(&to_row);
    nm_let_go(&labels);
    nm_let_go(&roles);
    nm_let_go(&first);
    nm_let_go(&second);
    nm_let_go(&returned);
    nm_let_go(&stop);
    return out;
}
