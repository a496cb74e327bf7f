/* A medium that fails on demand: loaded before the C library, it counts what a process does to the files below one
 * folder and, at the operation of a given number, kills the process, fills the disk or takes the medium away.
 *
 * Every call goes on to the kernel itself; what lies outside the folder is passed on untouched.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum mode { OFF, COUNT, KILL, TORN, CUT, FULL, GONE };
enum verdict { GO, FAIL, HALF };

#define FILES 4096

static char root[PATH_MAX];
static size_t root_length;
static enum mode mode = OFF;
static long count, at;
static int error_of_paths, error_of_files, log_file = -1, failing, no_links;
static char *opened[FILES];

/* ---- what a power cut takes back: everything since the last flush, newest first ---- */

enum what { BYTES, NEW_NAME, OLD_NAME };

struct change {
    struct change *before;
    enum what what;
    char *path, *stash;        /* the name; the link under which what it named is kept */
    int file;                  /* of bytes: the file itself, whatever its name is by then */
    ino_t inode;
    char *bytes;
    long length, offset, size; /* old bytes at a place, and how long the file was */
};
static struct change *changes;
static char stash[PATH_MAX];
static long stashed;

static int below(const char *path)
{
    return root_length && path && !strncmp(path, root, root_length)
        && (path[root_length] == '/' || path[root_length] == 0);
}

static const char *name_of(int file) { return file >= 0 && file < FILES ? opened[file] : NULL; }

static long size_of(const char *path)
{
    struct stat found;
    return syscall(SYS_newfstatat, AT_FDCWD, path, &found, 0) ? -1 : (long)found.st_size;
}

static struct change *remembered(enum what what, const char *path)
{
    struct change *one = calloc(1, sizeof *one);
    one->what = what;
    one->path = strdup(path);
    one->before = changes;
    changes = one;
    return one;
}

/* Remember what stands at [offset, offset + length) of a file, and how long the file is. */
static void remember_bytes(const char *path, long offset, long length)
{
    struct stat found;
    if (mode != CUT || syscall(SYS_newfstatat, AT_FDCWD, path, &found, 0)) return;
    int file = -1;
    for (struct change *one = changes; one && file < 0; one = one->before)
        if (one->what == BYTES && one->inode == found.st_ino) file = one->file;
    /* Never closed again: closing it would free the locks that SQLite holds on the file. */
    if (file < 0) file = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    struct change *one = remembered(BYTES, path);
    one->file = file;
    one->inode = found.st_ino;
    one->size = found.st_size;
    one->offset = offset;
    one->bytes = malloc(length ? length : 1);
    one->length = syscall(SYS_pread64, file, one->bytes, length, offset);
}

/* Remember that a name is new. */
static void remember_new(const char *path)
{
    if (mode == CUT) remembered(NEW_NAME, path);
}

/* Keep what a name stands for, to give it back. */
static void remember_old(const char *path)
{
    char kept[PATH_MAX + 32];
    if (mode != CUT) return;
    snprintf(kept, sizeof kept, "%s/%ld", stash, ++stashed);
    if (!syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0)) remembered(OLD_NAME, path)->stash = strdup(kept);
}

/* A flush of a file keeps its bytes, one of a folder the names in it. */
static void keep_flushed(int file, const char *path)
{
    struct stat found;
    if (syscall(SYS_newfstatat, file, "", &found, AT_EMPTY_PATH)) return;
    size_t length = strlen(path);
    for (struct change **one = &changes; *one;) {
        const char *name = (*one)->path;
        int kept = (*one)->what == BYTES ? (*one)->inode == found.st_ino
            : S_ISDIR(found.st_mode) && !strncmp(name, path, length) && name[length] == '/'
                && !strchr(name + length + 1, '/');
        if (kept) *one = (*one)->before; else one = &(*one)->before;
    }
}

static void take_back(void)
{
    for (struct change *one = changes; one; one = one->before) {
        if (one->what == BYTES) {
            if (one->length > 0) syscall(SYS_pwrite64, one->file, one->bytes, one->length, one->offset);
            syscall(SYS_ftruncate, one->file, one->size);
        } else if (syscall(SYS_unlinkat, AT_FDCWD, one->path, 0)) {
            syscall(SYS_unlinkat, AT_FDCWD, one->path, AT_REMOVEDIR);
        }
        if (one->what == OLD_NAME) syscall(SYS_linkat, AT_FDCWD, one->stash, AT_FDCWD, one->path, 0);
    }
}

static void die(void)
{
    if (mode == CUT) take_back();
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
}

/* ---- counting ---- */

static void note(const char *kind, const char *name, long size)
{
    char line[PATH_MAX + 128];
    int length = snprintf(line, sizeof line, "%s\t%s\t%ld\n", kind, name, size);
    if (log_file >= 0) syscall(SYS_write, log_file, line, length < (int)sizeof line ? length : (int)sizeof line - 1);
}

/* One operation that changes the medium; needs: whether it takes up room. */
static enum verdict step(const char *kind, const char *name, long size, int needs)
{
    if (mode == OFF || !below(name)) return GO;
    if (failing) {
        if (mode == GONE) return FAIL;
        return needs ? FAIL : GO;
    }
    note(kind, name + root_length, size);
    if (++count != at) return GO;
    switch (mode) {
    case KILL: case CUT: die(); break;
    case TORN: if (size > 1) return HALF; die(); break;
    case FULL: failing = 1; return size > 1 ? HALF : needs ? FAIL : GO;
    case GONE: failing = 1; return FAIL;
    default: break;
    }
    return GO;
}

static int lost(const char *name) { return mode == GONE && failing && below(name); }

static int refused(int code) { errno = code; return -1; }
static int path_error(void) { return refused(error_of_paths); }
static int file_error(void) { return refused(error_of_files); }

void medium_arm(const char *folder, const char *spare, int kind, long number, int paths, int files, int links, int log)
{
    snprintf(root, sizeof root, "%s", folder);
    snprintf(stash, sizeof stash, "%s", spare);
    root_length = strlen(root);
    count = 0; failing = 0; at = number; changes = NULL;
    error_of_paths = paths; error_of_files = files; no_links = !links; log_file = log;
    mode = kind;
}

void medium_disarm(void) { mode = OFF; failing = 0; }
int medium_failed(void) { return failing; }

/* The job has ended well: a power cut takes back what was not flushed by now. */
void medium_end(void) { if (mode == KILL || mode == CUT) die(); }

/* One statement about to run: it changes no file by itself, so only kills are counted there. */
void medium_statement(const char *words)
{
    if (mode != COUNT && mode != KILL) return;
    note("statement", words, 0);
    if (++count == at && mode == KILL) die();
}

/* ---- files ---- */

static int open_at(int folder, const char *path, int flags, int mode_bits)
{
    const char *name = folder == AT_FDCWD || (path && path[0] == '/') ? path : NULL;
    if (mode != OFF && below(name)) {
        if (lost(name)) return path_error();
        int is_new = (flags & O_CREAT) && size_of(name) < 0;
        if (is_new || (flags & O_TRUNC)) {
            if (step("open", name, 0, 1) != GO) return path_error();
            if (is_new) remember_new(name);
            else remember_bytes(name, 0, size_of(name));
        }
    }
    /* SQLite numbers its journals by chance: with zeros, equal work leaves equal bytes. */
    if (mode != OFF && path && !strcmp(path, "/dev/urandom")) path = "/dev/zero";
    int file = syscall(SYS_openat, folder, path, flags, mode_bits);
    if (file >= 0 && file < FILES && root_length) {
        free(opened[file]);
        opened[file] = below(name) ? strdup(name) : NULL;
    }
    return file;
}

#define OPENS(NAME, PARAMETERS, FOLDER) \
    int NAME PARAMETERS { \
        int bits = 0; \
        if (flags & O_CREAT) { va_list more; va_start(more, flags); bits = va_arg(more, int); va_end(more); } \
        return open_at(FOLDER, path, flags, bits); \
    }
OPENS(open, (const char *path, int flags, ...), AT_FDCWD)
OPENS(open64, (const char *path, int flags, ...), AT_FDCWD)
OPENS(openat, (int folder, const char *path, int flags, ...), folder)
OPENS(openat64, (int folder, const char *path, int flags, ...), folder)
int __open_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }

int close(int file)
{
    if (file >= 0 && file < FILES) { free(opened[file]); opened[file] = NULL; }
    return syscall(SYS_close, file);
}

static ssize_t put(int file, const void *data, size_t size, long offset, int has_place)
{
    const char *name = name_of(file);
    if (name && mode != OFF) {
        long place = has_place ? offset : (long)syscall(SYS_lseek, file, 0, SEEK_CUR);
        enum verdict said = step("write", name, size, 1);
        if (said == FAIL) return file_error();
        if (said == HALF) {
            ssize_t half = syscall(SYS_pwrite64, file, data, size / 2, place);
            if (mode == TORN) die();
            if (!has_place && half > 0) syscall(SYS_lseek, file, place + half, SEEK_SET);
            return half;
        }
        remember_bytes(name, place, size);
    }
    return has_place ? syscall(SYS_pwrite64, file, data, size, offset) : syscall(SYS_write, file, data, size);
}

ssize_t write(int file, const void *data, size_t size) { return put(file, data, size, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t size, off_t offset) { return put(file, data, size, offset, 1); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) { return put(file, data, size, offset, 1); }

/* Copying inside the kernel would pass the counting by: who is told that it is not there reads and writes. */
static ssize_t pass_on(int to, int from, void *offset, size_t size)
{
    return mode != OFF && name_of(to) ? refused(ENOSYS) : syscall(SYS_sendfile, to, from, offset, size);
}
ssize_t sendfile(int to, int from, off_t *offset, size_t size) { return pass_on(to, from, offset, size); }
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) { return pass_on(to, from, offset, size); }

ssize_t read(int file, void *data, size_t size)
{
    return lost(name_of(file)) ? file_error() : syscall(SYS_read, file, data, size);
}
static ssize_t get(int file, void *data, size_t size, long offset)
{
    return lost(name_of(file)) ? file_error() : syscall(SYS_pread64, file, data, size, offset);
}
ssize_t pread(int file, void *data, size_t size, off_t offset) { return get(file, data, size, offset); }
ssize_t pread64(int file, void *data, size_t size, off64_t offset) { return get(file, data, size, offset); }

static int flush(long call, const char *kind, int file)
{
    const char *name = name_of(file);
    /* A disk may notice only now that there is no room for what was written. */
    if (name && step(kind, name, 0, 1) != GO) return file_error();
    int done = syscall(call, file);
    if (name && mode == CUT && !done) keep_flushed(file, name);
    return done;
}
int fsync(int file) { return flush(SYS_fsync, "fsync", file); }
int fdatasync(int file) { return flush(SYS_fdatasync, "fdatasync", file); }

static int cut_to(int file, long size)
{
    const char *name = name_of(file);
    if (name && mode != OFF) {
        long now = size_of(name);
        if (step("truncate", name, 0, size > now) != GO) return file_error();
        remember_bytes(name, size < now ? size : now, size < now ? now - size : 0);
    }
    return syscall(SYS_ftruncate, file, size);
}
int ftruncate(int file, off_t size) { return cut_to(file, size); }
int ftruncate64(int file, off64_t size) { return cut_to(file, size); }

/* ---- names ---- */

static int rename_at(int folder, const char *from, int other, const char *to)
{
    if (mode != OFF && (below(from) || below(to))) {
        if (step("rename", below(to) ? to : from, 0, 1) != GO) return path_error();
        /* Order matters: taken back from the last to the first. */
        remember_old(from);
        if (size_of(to) >= 0) remember_old(to); else remember_new(to);
    }
    return syscall(SYS_renameat2, folder, from, other, to, 0);
}
int rename(const char *from, const char *to) { return rename_at(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int folder, const char *from, int other, const char *to) { return rename_at(folder, from, other, to); }

static int link_at(int folder, const char *from, int other, const char *to, int flags)
{
    if (mode != OFF && below(to)) {
        if (no_links) return refused(EPERM);
        if (step("link", to, 0, 1) != GO) return path_error();
        if (size_of(to) < 0) remember_new(to);
    }
    return syscall(SYS_linkat, folder, from, other, to, flags);
}
int link(const char *from, const char *to) { return link_at(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int folder, const char *from, int other, const char *to, int flags)
{
    return link_at(folder, from, other, to, flags);
}

static int unlink_at(int folder, const char *path, int flags)
{
    if (mode != OFF && below(path)) {
        if (lost(path)) return path_error();
        if (size_of(path) >= 0 && step(flags ? "rmdir" : "unlink", path, 0, 0) != GO) return path_error();
        if (!flags) remember_old(path);
    }
    return syscall(SYS_unlinkat, folder, path, flags);
}
int unlink(const char *path) { return unlink_at(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return unlink_at(folder, path, flags); }
int rmdir(const char *path) { return unlink_at(AT_FDCWD, path, AT_REMOVEDIR); }

static int mkdir_at(int folder, const char *path, mode_t bits)
{
    if (mode != OFF && below(path)) {
        if (lost(path)) return path_error();
        if (size_of(path) < 0) {
            if (step("mkdir", path, 0, 1) != GO) return path_error();
            remember_new(path);
        }
    }
    return syscall(SYS_mkdirat, folder, path, bits);
}
int mkdir(const char *path, mode_t bits) { return mkdir_at(AT_FDCWD, path, bits); }
int mkdirat(int folder, const char *path, mode_t bits) { return mkdir_at(folder, path, bits); }

/* ---- looking at a medium that is gone ---- */

#define LOOKS(NAME, PARAMETERS, ...) \
    int NAME PARAMETERS { return lost(path) ? path_error() : (int)syscall(__VA_ARGS__); }
LOOKS(stat, (const char *path, struct stat *found), SYS_newfstatat, AT_FDCWD, path, found, 0)
LOOKS(stat64, (const char *path, struct stat64 *found), SYS_newfstatat, AT_FDCWD, path, found, 0)
LOOKS(lstat, (const char *path, struct stat *found), SYS_newfstatat, AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW)
LOOKS(lstat64, (const char *path, struct stat64 *found), SYS_newfstatat, AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW)
LOOKS(fstatat, (int folder, const char *path, struct stat *found, int flags), SYS_newfstatat, folder, path, found, flags)
LOOKS(fstatat64, (int folder, const char *path, struct stat64 *found, int flags), SYS_newfstatat, folder, path, found, flags)
LOOKS(access, (const char *path, int bits), SYS_faccessat, AT_FDCWD, path, bits)

DIR *opendir(const char *path)
{
    static DIR *(*real)(const char *);
    if (!real) real = (DIR *(*)(const char *))dlsym(RTLD_NEXT, "opendir");
    if (lost(path)) { errno = error_of_paths; return NULL; }
    return real(path);
}
