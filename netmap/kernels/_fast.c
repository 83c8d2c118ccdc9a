/* The module of compiled kernels: its functions by name. Each has a twin in NumPy that is its oracle and its stand-in. */
#include "_fast.h"

static PyMethodDef functions[] = {
    {"betweenness", nm_betweenness, METH_VARARGS, NULL},
    {"foretold_sums", nm_foretold_sums, METH_VARARGS, NULL},
    {"length_betweenness", nm_length_betweenness, METH_VARARGS, NULL},
    {"length_sums", nm_length_sums, METH_VARARGS, NULL},
    {"near_order", nm_near_order, METH_VARARGS, NULL},
    {"step_sums", nm_step_sums, METH_VARARGS, NULL},
    {"tie_gains", nm_tie_gains, METH_VARARGS, NULL},
    {"build", nm_build, METH_VARARGS, NULL},
    {"closed_paths", nm_closed_paths, METH_VARARGS, NULL},
    {"walk", nm_walk, METH_VARARGS, NULL},
    {"katz", nm_katz, METH_VARARGS, NULL},
    {"climb", nm_climb, METH_VARARGS, NULL},
    {"arrive", nm_arrive, METH_VARARGS, NULL},
    {"arc_products", nm_arc_products, METH_VARARGS, NULL},
    {"triangles", nm_triangles, METH_VARARGS, NULL},
    {"profile", nm_profile, METH_VARARGS, NULL},
    {"quotient", nm_quotient, METH_VARARGS, NULL},
    {"ends", nm_ends, METH_VARARGS, NULL},
    {"components", nm_components, METH_VARARGS, NULL},
    {"cores", nm_cores, METH_VARARGS, NULL},
    {"strong", nm_strong, METH_VARARGS, NULL},
    {"cuts", nm_cuts, METH_VARARGS, NULL},
    {"perturbed", nm_perturbed, METH_VARARGS, NULL},
    {"dealings", nm_dealings, METH_VARARGS, NULL},
    {"label_tables", nm_label_tables, METH_VARARGS, NULL},
    {"label_likeness", nm_label_likeness, METH_VARARGS, NULL},
    {"number_sums", nm_number_sums, METH_VARARGS, NULL},
    {"profile_means", nm_profile_means, METH_VARARGS, NULL},
    {"matrix_means", nm_matrix_means, METH_VARARGS, NULL},
    {"swap_round", nm_swap_round, METH_VARARGS, NULL},
    {"trade", nm_trade, METH_VARARGS, NULL},
    {"near_swaps", nm_near_swaps, METH_VARARGS, NULL},
    {"scan_open", nm_scan_open, METH_VARARGS, NULL},
    {"scan_feed", nm_scan_feed, METH_VARARGS, NULL},
    {"scan_take", nm_scan_take, METH_VARARGS, NULL},
    {"merge", nm_merge, METH_VARARGS, NULL},
    {"write", nm_write, METH_VARARGS, NULL},
    {"descend", nm_descend, METH_VARARGS, NULL},
    {"leiden", nm_leiden, METH_VARARGS, NULL},
    {"keep", nm_keep, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {{0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_fast", "Compiled kernels: arrays in, arrays out.", 0, functions, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__fast(void) { return PyModuleDef_Init(&definition); }
