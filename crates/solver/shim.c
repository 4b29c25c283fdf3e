/*
 * The few words that Rust speaks to libsolv. Everything here takes plain numbers and counted bytes, owns nothing that it
 * hands out, and reads no file. The rules of use stand in src/ffi.rs, which is the only caller.
 *
 * libsolv is not linked: it is opened when the first question comes, so that a machine without it lacks this one answer
 * and not the whole program. The headers check every call below at compile time.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <solv/bitmap.h>
#include <solv/evr.h>
#include <solv/pool.h>
#include <solv/poolarch.h>
#include <solv/problems.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/rules.h>
#include <solv/solver.h>
#include <solv/solvversion.h>

/* Every function of libsolv that is called. */
#define FUNCTIONS(X)                                                                                                       \
    X(map_free) X(map_init)                                                                                                \
    X(pool_addfileprovides) X(pool_addrelproviders) X(pool_create) X(pool_createwhatprovides) X(pool_dep2str)              \
    X(pool_evrcmp) X(pool_free) X(pool_id2str) X(pool_match_dep) X(pool_match_nevr_rel) X(pool_queuetowhatprovides)        \
    X(pool_rel2id) X(pool_set_flag) X(pool_setarch) X(pool_setdisttype) X(pool_str2id) X(pool_strn2id)                     \
    X(queue_alloc_one) X(queue_free) X(queue_init)                                                                         \
    X(repo_add_solvable) X(repo_addid_dep) X(repo_create)                                                                  \
    X(solv_calloc) X(solv_free)                                                                                            \
    X(solver_create) X(solver_findallproblemrules) X(solver_free) X(solver_get_decisionqueue) X(solver_problem_count)      \
    X(solver_rule2jobidx) X(solver_ruleinfo) X(solver_set_flag) X(solver_solve)

#define POINTER(name) __typeof__(name) *name;
static struct { FUNCTIONS(POINTER) } solv;
#undef POINTER

/*
 * Opens libsolv once. 0 and its version, or -1 and why not; the text lives until the next call. Not to be called twice at a
 * time.
 */
int rh_open(const char *library, int version[3], const char **why)
{
    static char text[256];
    static const char *const parts[3] = { "solv_version_major", "solv_version_minor", "solv_version_patch" };
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    *why = text;
    if (!handle) {
        snprintf(text, sizeof(text), "%s", dlerror());
        return -1;
    }
#define LOOK(name)                                                                                                         \
    if (!(solv.name = (__typeof__(name) *)dlsym(handle, #name))) {                                                         \
        snprintf(text, sizeof(text), "%s: no " #name, library);                                                            \
        return -1;                                                                                                         \
    }
    FUNCTIONS(LOOK)
#undef LOOK
    for (int i = 0; i < 3; i++) {
        const int *part = dlsym(handle, parts[i]);
        if (!part) {
            snprintf(text, sizeof(text), "%s: no %s", library, parts[i]);
            return -1;
        }
        version[i] = *part;
    }
    /* The places of fields that are read below hold for the releases that share major and minor. */
    if (version[0] != LIBSOLV_VERSION_MAJOR || version[1] != LIBSOLV_VERSION_MINOR) {
        snprintf(text, sizeof(text), "%s: release %d.%d.%d, and %d.%d is needed", library, version[0], version[1], version[2],
                 LIBSOLV_VERSION_MAJOR, LIBSOLV_VERSION_MINOR);
        return -1;
    }
    /* Debian's build answers as dpkg would unless told otherwise; a build for another system alone refuses. */
    Pool *pool = solv.pool_create();
    int refused = solv.pool_setdisttype(pool, DISTTYPE_RPM) < 0;
    solv.pool_free(pool);
    if (refused)
        snprintf(text, sizeof(text), "%s: it does not know rpm", library);
    return refused ? -1 : 0;
}

/* libsolv's own inline functions name its symbols; these do the same through the pointers. */
static void push(Queue *q, Id id)
{
    if (!q->left)
        solv.queue_alloc_one(q);
    q->elements[q->count++] = id;
    q->left--;
}

static const Id *providers(Pool *pool, Id dep)
{
    Offset known = ISRELDEP(dep) ? pool->whatprovides_rel[GETRELID(dep)] : pool->whatprovides[dep];
    return pool->whatprovidesdata + (known ? known : (Offset)solv.pool_addrelproviders(pool, dep));
}

/* What a package list of a solvable is called; the numbers are those of ffi.rs. */
enum { DEP_PROVIDES, DEP_REQUIRES, DEP_CONFLICTS, DEP_OBSOLETES, DEP_RECOMMENDS, DEP_SUGGESTS, DEP_SUPPLEMENTS, DEP_ENHANCES };

static Offset *list_of(Solvable *s, int kind)
{
    switch (kind) {
    case DEP_PROVIDES: return &s->provides;
    case DEP_REQUIRES: return &s->requires;
    case DEP_CONFLICTS: return &s->conflicts;
    case DEP_OBSOLETES: return &s->obsoletes;
    case DEP_RECOMMENDS: return &s->recommends;
    case DEP_SUGGESTS: return &s->suggests;
    case DEP_SUPPLEMENTS: return &s->supplements;
    case DEP_ENHANCES: return &s->enhances;
    default: return NULL;
    }
}

Pool *rh_pool_new(const char *arch)
{
    Pool *pool = solv.pool_create();
    solv.pool_setdisttype(pool, DISTTYPE_RPM);
    solv.pool_setarch(pool, arch);
    /* As Fedora and EL9 build libsolv: a package replaces another only where both may be for the same architecture. */
    solv.pool_set_flag(pool, POOL_FLAG_OBSOLETEUSESCOLORS, 1);
    solv.pool_set_flag(pool, POOL_FLAG_IMPLICITOBSOLETEUSESCOLORS, 1);
    /* What is shut out stays findable, so that a failure can say what was shut out. */
    solv.pool_set_flag(pool, POOL_FLAG_WHATPROVIDESWITHDISABLED, 1);
    return pool;
}

void rh_pool_free(Pool *pool)
{
    if (pool->considered) {
        solv.map_free(pool->considered);
        pool->considered = solv.solv_free(pool->considered);
    }
    solv.pool_free(pool);
}

int rh_repo_new(Pool *pool)
{
    return solv.repo_create(pool, "")->repoid;
}

Id rh_str(Pool *pool, const char *text, unsigned int len)
{
    return solv.pool_strn2id(pool, text, len, 1);
}

Id rh_find(Pool *pool, const char *text, unsigned int len)
{
    return solv.pool_strn2id(pool, text, len, 0);
}

/* A version of a name, or two dependencies joined: libsolv tells them apart by the flags. */
Id rh_rel(Pool *pool, Id name, int flags, Id evr)
{
    return solv.pool_rel2id(pool, name, evr, flags, 1);
}

Id rh_package_new(Pool *pool, int repo, Id name, Id evr, Id arch)
{
    Id p = solv.repo_add_solvable(pool->repos[repo]);
    Solvable *s = pool->solvables + p;
    s->name = name;
    s->evr = evr;
    s->arch = arch;
    return p;
}

void rh_package_dep(Pool *pool, Id p, int kind, Id dep)
{
    Solvable *s = pool->solvables + p;
    Offset *list = list_of(s, kind);
    if (list)
        *list = solv.repo_addid_dep(s->repo, *list, dep, 0);
}

/* Files count as provided, behind a mark, just as libsolv's own file search would put them. */
void rh_package_file(Pool *pool, Id p, Id path)
{
    Solvable *s = pool->solvables + p;
    s->provides = solv.repo_addid_dep(s->repo, s->provides, path, SOLVABLE_FILEMARKER);
}

void rh_ready(Pool *pool)
{
    /* Files were added as provides: this finds no more of them, and libsolv then looks for none itself. */
    solv.pool_addfileprovides(pool);
    solv.pool_createwhatprovides(pool);
}

int rh_packages_end(Pool *pool)
{
    return pool->nsolvables;
}

int rh_strings_end(Pool *pool)
{
    return pool->ss.nstrings;
}

const char *rh_text(Pool *pool, Id id)
{
    return solv.pool_id2str(pool, id);
}

/* Lives until the next few calls: libsolv keeps a small ring of such texts. */
const char *rh_dep_text(Pool *pool, Id dep)
{
    return solv.pool_dep2str(pool, dep);
}

/* Takes a dependency apart: 0 for a plain name, else the relation, with its two sides. */
int rh_dep_parts(Pool *pool, Id dep, Id *left, Id *right)
{
    if (!ISRELDEP(dep))
        return 0;
    Reldep *rd = GETRELDEP(pool, dep);
    *left = rd->name;
    *right = rd->evr;
    return rd->flags;
}

void rh_package(Pool *pool, Id p, Id *name, Id *evr, Id *arch, int *repo)
{
    Solvable *s = pool->solvables + p;
    *name = s->name;
    *evr = s->evr;
    *arch = s->arch;
    *repo = s->repo ? s->repo->repoid : 0;
}

int rh_runs_here(Pool *pool, Id p)
{
    Solvable *s = pool->solvables + p;
    return s->repo && s->arch != ARCH_SRC && s->arch != ARCH_NOSRC && pool_arch2score(pool, s->arch) != 0;
}

int rh_compare(Pool *pool, Id a, Id b)
{
    return solv.pool_evrcmp(pool, a, b, EVRCMP_COMPARE);
}

/* How many members a zero-ended list has, and as many of them as fit. */
static unsigned int copied(const Id *list, Id *into, unsigned int room)
{
    unsigned int n = 0;
    for (; list[n]; n++)
        if (n < room)
            into[n] = list[n];
    return n;
}

/* A list of a package, without libsolv's marks between its parts. */
unsigned int rh_deps_of(Pool *pool, Id p, int kind, Id *into, unsigned int room)
{
    Solvable *s = pool->solvables + p;
    Offset *list = list_of(s, kind);
    unsigned int n = 0;
    if (!list || !*list)
        return 0;
    for (const Id *dep = s->repo->idarraydata + *list; *dep; dep++) {
        if (*dep == SOLVABLE_PREREQMARKER || *dep == SOLVABLE_FILEMARKER)
            continue;
        if (n < room)
            into[n] = *dep;
        n++;
    }
    return n;
}

unsigned int rh_who_provides(Pool *pool, Id dep, Id *into, unsigned int room)
{
    return copied(providers(pool, dep), into, room);
}

/* Whether a dependency names this very package, as an obsoletes does; what the package provides does not count. */
int rh_is_named(Pool *pool, Id p, Id dep)
{
    Solvable *s = pool->solvables + p;
    return ISRELDEP(dep) ? solv.pool_match_nevr_rel(pool, s, dep) : dep == s->name;
}

/* Whether one provide answers a wish for a name, or for a name with a version. */
int rh_answers(Pool *pool, Id provide, Id wish)
{
    return solv.pool_match_dep(pool, provide, wish);
}

void rh_shut_out(Pool *pool, const Id *packages, unsigned int n)
{
    if (!pool->considered) {
        pool->considered = solv.solv_calloc(1, sizeof(Map));
        solv.map_init(pool->considered, pool->nsolvables);
    }
    MAPSETALL(pool->considered);
    for (unsigned int i = 0; i < n; i++)
        MAPCLR(pool->considered, packages[i]);
}

/* Wishes: each a zero-ended list of packages of which one has to be installed. */
Solver *rh_solve(Pool *pool, const Id *wishes, unsigned int n, int best, int weak)
{
    static const char *const several[] = { "kernel", "kernel-PAE", "installonlypkg(kernel)", "installonlypkg(kernel-module)",
                                           "installonlypkg(vm)", "multiversion(kernel)" };
    Queue job, one;
    solv.queue_init(&job);
    solv.queue_init(&one);
    for (unsigned int at = 0; at < n; at++) {
        if (wishes[at]) {
            push(&one, wishes[at]);
            continue;
        }
        int how = SOLVER_INSTALL | SOLVER_SOLVABLE_ONE_OF | SOLVER_SETARCH | SOLVER_SETEVR | (best ? SOLVER_FORCEBEST : 0);
        push(&job, how);
        push(&job, solv.pool_queuetowhatprovides(pool, &one));
        queue_empty(&one);
    }
    for (size_t i = 0; i < sizeof(several) / sizeof(*several); i++) {
        push(&job, SOLVER_MULTIVERSION | SOLVER_SOLVABLE_PROVIDES);
        push(&job, solv.pool_str2id(pool, several[i], 1));
    }
    Solver *solver = solv.solver_create(pool);
    /* As dnf sets them (libdnf, Goal::Impl::initSolver). */
    solv.solver_set_flag(solver, SOLVER_FLAG_ALLOW_VENDORCHANGE, 1);
    solv.solver_set_flag(solver, SOLVER_FLAG_DUP_ALLOW_VENDORCHANGE, 1);
    solv.solver_set_flag(solver, SOLVER_FLAG_KEEP_ORPHANS, 1);
    solv.solver_set_flag(solver, SOLVER_FLAG_BEST_OBEY_POLICY, 1);
    solv.solver_set_flag(solver, SOLVER_FLAG_YUM_OBSOLETES, 1);
    solv.solver_set_flag(solver, SOLVER_FLAG_URPM_REORDER, 1);
    solv.solver_set_flag(solver, SOLVER_FLAG_ALLOW_DOWNGRADE, 1);
    solv.solver_set_flag(solver, SOLVER_FLAG_IGNORE_RECOMMENDED, !weak);
    solv.solver_solve(solver, &job);
    solv.queue_free(&job);
    solv.queue_free(&one);
    return solver;
}

void rh_solver_free(Solver *solver)
{
    solv.solver_free(solver);
}

unsigned int rh_problems(Solver *solver)
{
    return solv.solver_problem_count(solver);
}

/* The packages decided for; only true when there is no problem. */
unsigned int rh_installs(Solver *solver, Id *into, unsigned int room)
{
    unsigned int n = 0;
    Queue q;
    solv.queue_init(&q);
    solv.solver_get_decisionqueue(solver, &q);
    for (int i = 0; i < q.count; i++)
        if (q.elements[i] > 0 && q.elements[i] != SYSTEMSOLVABLE) {
            if (n < room)
                into[n] = q.elements[i];
            n++;
        }
    solv.queue_free(&q);
    return n;
}

/* The rules that cannot hold together: five numbers each (type, from, to, dependency, wish counted from 1 or 0). */
unsigned int rh_problem(Solver *solver, unsigned int problem, Id *into, unsigned int room)
{
    Queue rules;
    unsigned int n = 0;
    solv.queue_init(&rules);
    solv.solver_findallproblemrules(solver, (Id)problem, &rules);
    for (int i = 0; i < rules.count; i++) {
        Id from = 0, to = 0, dep = 0;
        int type = solv.solver_ruleinfo(solver, rules.elements[i], &from, &to, &dep);
        int wish = solv.solver_rule2jobidx(solver, rules.elements[i]);
        if (type == SOLVER_RULE_BEST) {
            wish = to ? solv.solver_rule2jobidx(solver, to) : 0;
            to = 0;
        }
        /* Of other rules, libsolv's numbers are not packages but places in its tables. */
        int group = type & 0xf00;
        if (group != SOLVER_RULE_PKG && group != SOLVER_RULE_YUMOBS) {
            from = group == SOLVER_RULE_INFARCH ? from : 0;
            to = dep = 0;
        }
        /* rule2jobidx counts elements of the job, of which there are two a wish. */
        wish = wish ? (wish - 1) / 2 + 1 : 0;
        Id row[5] = { type, from, to, dep, wish };
        if (n + 5 <= room)
            memcpy(into + n, row, sizeof(row));
        n += 5;
    }
    solv.queue_free(&rules);
    return n;
}
