// SPDX-License-Identifier: Apache-2.0
/*
 * Preloaded into a program (LD_PRELOAD), it sees each system call that changes something below one
 * directory or that speaks to one port, in one order over all threads. It writes them down, and at
 * a given one kills the program, as SIGKILL does, or lets the call fail.
 *
 *   POWERCUT_ROOT   the directory, without a link in it
 *   POWERCUT_PORT   the port of connections that count
 *   POWERCUT_LOG    what happened is added to this file; nothing is written without it
 *   POWERCUT_AT     which call it is, from 1; none without it
 *   POWERCUT_DO     kill, before the call; tear, a write in its middle; or the number of an error:
 *                   then only calls that change files are counted
 *   POWERCUT_LAST   1 if all such calls fail from there on
 *
 * The log has a line for each call, with a letter: M makes a directory, C a file, W path offset
 * length (the bytes follow, and a line end) writes, T path length truncates, F syncs a file, D a
 * directory, U unlinks, N path path renames, S length (with the bytes) says something to the
 * server, R length hears. All are written when the call is done but S, which is written before, so
 * that what stands before an S was done when it was said, and what stands behind was not.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Microseconds that a sync takes at least while calls are written down: who does not wait for it is
 * ahead of it then, on a quick disk too. */
#define SLOW_DISK 30000

#define MOST_FDS 65536
#define NOTHING 0
#define A_FILE 1
#define A_DIRECTORY 2
#define THE_SERVER 3

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char kinds[MOST_FDS];
static char *paths[MOST_FDS];
static char root[PATH_MAX];
static int port, log_fd = -1, at, last, count, error_number;
static enum { GO_ON, KILL, TEAR, FAIL } what;

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int number(const char *name) {
  const char *value = getenv(name);
  return value ? atoi(value) : 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *value = getenv("POWERCUT_ROOT");
  snprintf(root, sizeof root, "%s", value ? value : "/nowhere");
  port = number("POWERCUT_PORT");
  at = number("POWERCUT_AT");
  last = number("POWERCUT_LAST");
  value = getenv("POWERCUT_DO");
  if (value) {
    error_number = atoi(value);
    what = !strcmp(value, "kill") ? KILL : !strcmp(value, "tear") ? TEAR : FAIL;
  }
  value = getenv("POWERCUT_LOG");
  if (value) {
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
}

static void put(const void *bytes, size_t length) {
  for (const char *next = bytes; length > 0;) {
    long done = syscall(SYS_write, log_fd, next, length);
    if (done <= 0) _exit(99);
    next += done;
    length -= (size_t)done;
  }
}

static void tell(const void *bytes, size_t length, const char *format, ...) {
  if (log_fd < 0) return;
  char line[2 * PATH_MAX + 64];
  va_list values;
  va_start(values, format);
  int size = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  put(line, (size_t)size);
  if (bytes) {
    put(bytes, length);
    put("\n", 1);
  }
}

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

/* Whether this call is the one. Only with the lock. */
static int is_it(int changes_a_file) {
  if (what == GO_ON || (what == FAIL && !changes_a_file)) return 0;
  count++;
  return count == at || (last && what == FAIL && count > at);
}

/* Says that a call is let fail, and does so. */
static void fail(void) {
  static const char words[] = "powercut: failed\n";
  syscall(SYS_write, 2, words, sizeof words - 1);
  errno = error_number;
}

/* Does what is to be done before a call; true if it must fail. Only with the lock. */
static int fails(int changes_a_file) {
  if (!is_it(changes_a_file)) return 0;
  if (what != FAIL) die();
  fail();
  return 1;
}

static int is_ours(const char *path, char *full) {
  char joined[PATH_MAX];
  if (path[0] != '/') {
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) return 0;
    if (snprintf(joined, sizeof joined, "%s/%s", here, path) >= (int)sizeof joined) return 0;
    path = joined;
  }
  size_t length = strlen(root);
  if (strncmp(path, root, length) || (path[length] && path[length] != '/')) return 0;
  snprintf(full, PATH_MAX, "%s", path[length] ? path + length + 1 : ".");
  return 1;
}

static int kind(int fd) { return fd >= 0 && fd < MOST_FDS ? kinds[fd] : NOTHING; }

static void forget(int fd) {
  if (fd >= 0 && fd < MOST_FDS) {
    kinds[fd] = NOTHING;
    free(paths[fd]);
    paths[fd] = NULL;
  }
}

static void remember(int fd, const char *name) {
  struct stat status;
  if (fd < 0 || fd >= MOST_FDS || fstat(fd, &status)) return;
  forget(fd);
  paths[fd] = strdup(name);
  kinds[fd] = S_ISDIR(status.st_mode) ? A_DIRECTORY : A_FILE;
}

static int opened(int directory, const char *path, int flags, mode_t mode) {
  char name[PATH_MAX];
  if ((directory != AT_FDCWD && path[0] != '/') || !is_ours(path, name)) {
    return (int)syscall(SYS_openat, directory, path, flags, mode);
  }
  pthread_mutex_lock(&lock);
  int fd = -1;
  int makes = (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
  if (!makes || !fails(1)) {
    fd = (int)syscall(SYS_openat, directory, path, flags, mode);
    int saved = errno;
    if (fd >= 0) {
      remember(fd, name);
      if (makes) tell(NULL, 0, "C %s\n", name);
      if (flags & O_TRUNC) tell(NULL, 0, "T %s 0\n", name);
    }
    errno = saved;
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

#define MODE_OF(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int directory, const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(directory, path, flags, mode);
}

int openat64(int directory, const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(directory, path, flags | O_LARGEFILE, mode);
}

int close(int fd) {
  REAL(int, close, int);
  pthread_mutex_lock(&lock);
  forget(fd);
  pthread_mutex_unlock(&lock);
  return real(fd);
}

int dup2(int from, int to) {
  REAL(int, dup2, int, int);
  pthread_mutex_lock(&lock);
  forget(to);
  pthread_mutex_unlock(&lock);
  return real(from, to);
}

int connect(int fd, const struct sockaddr *address, socklen_t length) {
  REAL(int, connect, int, const struct sockaddr *, socklen_t);
  int to = address->sa_family == AF_INET    ? ntohs(((const struct sockaddr_in *)address)->sin_port)
           : address->sa_family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)address)->sin6_port)
                                            : 0;
  if (port && to == port && fd >= 0 && fd < MOST_FDS) {
    pthread_mutex_lock(&lock);
    kinds[fd] = THE_SERVER;
    pthread_mutex_unlock(&lock);
  }
  return real(fd, address, length);
}

static ssize_t said(int fd, const void *bytes, size_t length) {
  pthread_mutex_lock(&lock);
  if (is_it(0)) die();
  tell(bytes, length, "S %zu\n", length);
  pthread_mutex_unlock(&lock);
  return (ssize_t)syscall(SYS_write, fd, bytes, length);
}

static ssize_t heard(int fd, void *bytes, size_t length) {
  ssize_t done = (ssize_t)syscall(SYS_read, fd, bytes, length);
  if (done > 0) {
    pthread_mutex_lock(&lock);
    if (is_it(0)) die();
    tell(NULL, 0, "R %zd\n", done);
    pthread_mutex_unlock(&lock);
  }
  return done;
}

/* Only with the lock. */
static ssize_t written(int fd, const void *bytes, size_t length, off64_t offset, int moves) {
  if (is_it(1)) {
    if (what == TEAR && length > 1) syscall(SYS_pwrite64, fd, bytes, length / 2, offset);
    if (what != FAIL) die();
    fail();
    return -1;
  }
  ssize_t done = moves ? (ssize_t)syscall(SYS_write, fd, bytes, length)
                       : (ssize_t)syscall(SYS_pwrite64, fd, bytes, length, offset);
  if (done > 0) tell(bytes, (size_t)done, "W %s %lld %zd\n", paths[fd], (long long)offset, done);
  return done;
}

static ssize_t written_at(int fd, const void *bytes, size_t length, off64_t offset) {
  if (kind(fd) != A_FILE) return (ssize_t)syscall(SYS_pwrite64, fd, bytes, length, offset);
  pthread_mutex_lock(&lock);
  ssize_t done = written(fd, bytes, length, offset, 0);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  if (kind(fd) == THE_SERVER) return said(fd, bytes, length);
  if (kind(fd) != A_FILE) return (ssize_t)syscall(SYS_write, fd, bytes, length);
  pthread_mutex_lock(&lock);
  int flags = fcntl(fd, F_GETFL);
  off64_t offset = lseek64(fd, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
  ssize_t done = written(fd, bytes, length, offset, 1);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  return written_at(fd, bytes, length, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  return written_at(fd, bytes, length, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int n) {
  if (kind(fd) == NOTHING) return (ssize_t)syscall(SYS_writev, fd, parts, n);
  ssize_t all = 0;
  for (int i = 0; i < n; i++) {
    ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);
    if (done < 0) return all > 0 ? all : done;
    all += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return all;
}

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
  if (kind(fd) == THE_SERVER) return said(fd, bytes, length);
  return (ssize_t)syscall(SYS_sendto, fd, bytes, length, flags, NULL, 0);
}

ssize_t read(int fd, void *bytes, size_t length) {
  if (kind(fd) == THE_SERVER) return heard(fd, bytes, length);
  return (ssize_t)syscall(SYS_read, fd, bytes, length);
}

ssize_t recv(int fd, void *bytes, size_t length, int flags) {
  if (kind(fd) == THE_SERVER && !(flags & MSG_PEEK)) return heard(fd, bytes, length);
  return (ssize_t)syscall(SYS_recvfrom, fd, bytes, length, flags, NULL, NULL);
}

static int synced(int fd, long call) {
  if (kind(fd) != A_FILE && kind(fd) != A_DIRECTORY) return (int)syscall(call, fd);
  if (log_fd >= 0) usleep(SLOW_DISK);
  pthread_mutex_lock(&lock);
  int failed = fails(1) || syscall(call, fd) != 0;
  if (!failed) tell(NULL, 0, "%c %s\n", kinds[fd] == A_FILE ? 'F' : 'D', paths[fd]);
  pthread_mutex_unlock(&lock);
  return failed ? -1 : 0;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }

int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int truncated(int fd, off64_t length) {
  if (kind(fd) != A_FILE) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  int failed = fails(1) || syscall(SYS_ftruncate, fd, length) != 0;
  if (!failed) tell(NULL, 0, "T %s %lld\n", paths[fd], (long long)length);
  pthread_mutex_unlock(&lock);
  return failed ? -1 : 0;
}

int ftruncate(int fd, off_t length) { return truncated(fd, length); }

int ftruncate64(int fd, off64_t length) { return truncated(fd, length); }

int mkdir(const char *path, mode_t mode) {
  char name[PATH_MAX];
  if (!is_ours(path, name)) return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  pthread_mutex_lock(&lock);
  int failed = fails(1) || syscall(SYS_mkdirat, AT_FDCWD, path, mode) != 0;
  if (!failed) tell(NULL, 0, "M %s\n", name);
  pthread_mutex_unlock(&lock);
  return failed ? -1 : 0;
}

static int unlinked(int directory, const char *path, int flags) {
  char name[PATH_MAX];
  if ((directory != AT_FDCWD && path[0] != '/') || !is_ours(path, name)) {
    return (int)syscall(SYS_unlinkat, directory, path, flags);
  }
  pthread_mutex_lock(&lock);
  int failed = fails(1) || syscall(SYS_unlinkat, directory, path, flags) != 0;
  if (!failed) tell(NULL, 0, "U %s\n", name);
  pthread_mutex_unlock(&lock);
  return failed ? -1 : 0;
}

int unlink(const char *path) { return unlinked(AT_FDCWD, path, 0); }

int unlinkat(int directory, const char *path, int flags) { return unlinked(directory, path, flags); }

int rename(const char *from, const char *to) {
  char old_name[PATH_MAX];
  char new_name[PATH_MAX];
  if (!is_ours(from, old_name) || !is_ours(to, new_name)) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  }
  pthread_mutex_lock(&lock);
  int failed = fails(1) || syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0) != 0;
  if (!failed) tell(NULL, 0, "N %s %s\n", old_name, new_name);
  pthread_mutex_unlock(&lock);
  return failed ? -1 : 0;
}
