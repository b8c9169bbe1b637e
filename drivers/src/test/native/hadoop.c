/*
 * What Hadoop asks of its native library where Kerberos is on, for tests: the owner of an open file,
 * and what else it takes for granted once there is a library of that name. Made by gcc into
 * libhadoop.so when the test starts.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <jni.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define POSIX(name) Java_org_apache_hadoop_io_nativeio_NativeIO_00024POSIX_##name
#define NATIVE_IO(name) Java_org_apache_hadoop_io_nativeio_NativeIO_##name
#define LOADER(name) Java_org_apache_hadoop_util_NativeCodeLoader_##name
#define CRC(name) Java_org_apache_hadoop_util_NativeCrc32_##name
#define NAME_BYTES 4096

enum { CRC32 = 1, CRC32C = 2 };

static uint32_t tables[2][256];

static const char *errno_name(int error) {
  switch (error) {
    case ENOENT: return "ENOENT";
    case EEXIST: return "EEXIST";
    case EACCES: return "EACCES";
    case EPERM: return "EPERM";
    case ENOTDIR: return "ENOTDIR";
    case EISDIR: return "EISDIR";
    case ENOTEMPTY: return "ENOTEMPTY";
    case EXDEV: return "EXDEV";
    default: return "UNKNOWN";
  }
}

static void throw_errno(JNIEnv *env, int error) {
  jclass errnos = (*env)->FindClass(env, "org/apache/hadoop/io/nativeio/Errno");
  jclass thrown = (*env)->FindClass(env, "org/apache/hadoop/io/nativeio/NativeIOException");
  jfieldID field = (*env)->GetStaticFieldID(
      env, errnos, errno_name(error), "Lorg/apache/hadoop/io/nativeio/Errno;");
  jmethodID make = (*env)->GetMethodID(
      env, thrown, "<init>", "(Ljava/lang/String;Lorg/apache/hadoop/io/nativeio/Errno;)V");
  jobject exception = (*env)->NewObject(
      env, thrown, make, (*env)->NewStringUTF(env, strerror(error)),
      (*env)->GetStaticObjectField(env, errnos, field));
  (*env)->Throw(env, exception);
}

static jfieldID descriptor_field(JNIEnv *env) {
  return (*env)->GetFieldID(env, (*env)->FindClass(env, "java/io/FileDescriptor"), "fd", "I");
}

static jobject to_stat(JNIEnv *env, int failed, const struct stat *found) {
  if (failed) {
    throw_errno(env, errno);
    return NULL;
  }
  jclass type = (*env)->FindClass(env, "org/apache/hadoop/io/nativeio/NativeIO$POSIX$Stat");
  jmethodID make = (*env)->GetMethodID(env, type, "<init>", "(III)V");
  return (*env)->NewObject(
      env, type, make, (jint) found->st_uid, (jint) found->st_gid, (jint) found->st_mode);
}

static void fill_table(uint32_t *table, uint32_t polynomial) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t remainder = byte;
    for (int bit = 0; bit < 8; bit++) {
      remainder = (remainder >> 1) ^ (remainder & 1 ? polynomial : 0);
    }
    table[byte] = remainder;
  }
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void) vm;
  (void) reserved;
  fill_table(tables[0], 0xEDB88320u);
  fill_table(tables[1], 0x82F63B78u);
  return JNI_VERSION_1_8;
}

JNIEXPORT void JNICALL NATIVE_IO(initNative)(JNIEnv *env, jclass type, jboolean any) {
  (void) env;
  (void) type;
  (void) any;
}

JNIEXPORT void JNICALL POSIX(initNativePosix)(JNIEnv *env, jclass type, jboolean any) {
  (void) any;
  struct {
    const char *name;
    int value;
  } constants[] = {{"O_RDONLY", O_RDONLY}, {"O_WRONLY", O_WRONLY}, {"O_RDWR", O_RDWR},
                   {"O_CREAT", O_CREAT},   {"O_EXCL", O_EXCL},     {"O_APPEND", O_APPEND}};
  for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++) {
    jfieldID field = (*env)->GetStaticFieldID(env, type, constants[i].name, "I");
    if (field == NULL) {
      return;
    }
    (*env)->SetStaticIntField(env, type, field, constants[i].value);
  }
}

JNIEXPORT jobject JNICALL POSIX(open)(
    JNIEnv *env, jclass type, jstring path, jint flags, jint mode) {
  (void) type;
  const char *name = (*env)->GetStringUTFChars(env, path, NULL);
  int file = open(name, flags, mode);
  int error = errno;
  (*env)->ReleaseStringUTFChars(env, path, name);
  if (file < 0) {
    throw_errno(env, error);
    return NULL;
  }
  jclass descriptors = (*env)->FindClass(env, "java/io/FileDescriptor");
  jmethodID make = (*env)->GetMethodID(env, descriptors, "<init>", "()V");
  jobject descriptor = (*env)->NewObject(env, descriptors, make);
  (*env)->SetIntField(env, descriptor, descriptor_field(env), file);
  return descriptor;
}

JNIEXPORT jobject JNICALL POSIX(fstat)(JNIEnv *env, jclass type, jobject descriptor) {
  (void) type;
  struct stat found;
  int failed = fstat((*env)->GetIntField(env, descriptor, descriptor_field(env)), &found);
  return to_stat(env, failed, &found);
}

JNIEXPORT jobject JNICALL POSIX(stat)(JNIEnv *env, jclass type, jstring path) {
  (void) type;
  struct stat found;
  const char *name = (*env)->GetStringUTFChars(env, path, NULL);
  int failed = stat(name, &found);
  int error = errno;
  (*env)->ReleaseStringUTFChars(env, path, name);
  errno = error;
  return to_stat(env, failed, &found);
}

JNIEXPORT void JNICALL POSIX(chmodImpl)(JNIEnv *env, jclass type, jstring path, jint mode) {
  (void) type;
  const char *name = (*env)->GetStringUTFChars(env, path, NULL);
  int failed = chmod(name, (mode_t) mode);
  int error = errno;
  (*env)->ReleaseStringUTFChars(env, path, name);
  if (failed) {
    throw_errno(env, error);
  }
}

JNIEXPORT jstring JNICALL POSIX(getUserName__I)(JNIEnv *env, jclass type, jint id) {
  (void) type;
  struct passwd entry;
  struct passwd *found = NULL;
  char buffer[NAME_BYTES];
  int error = getpwuid_r((uid_t) id, &entry, buffer, sizeof buffer, &found);
  if (found == NULL) {
    throw_errno(env, error == 0 ? ENOENT : error);
    return NULL;
  }
  return (*env)->NewStringUTF(env, found->pw_name);
}

JNIEXPORT jstring JNICALL POSIX(getGroupName)(JNIEnv *env, jclass type, jint id) {
  (void) type;
  struct group entry;
  struct group *found = NULL;
  char buffer[NAME_BYTES];
  int error = getgrgid_r((gid_t) id, &entry, buffer, sizeof buffer, &found);
  if (found == NULL) {
    throw_errno(env, error == 0 ? ENOENT : error);
    return NULL;
  }
  return (*env)->NewStringUTF(env, found->gr_name);
}

JNIEXPORT void JNICALL NATIVE_IO(renameTo0)(JNIEnv *env, jclass type, jstring from, jstring to) {
  (void) type;
  const char *old = (*env)->GetStringUTFChars(env, from, NULL);
  const char *new = (*env)->GetStringUTFChars(env, to, NULL);
  int failed = rename(old, new);
  int error = errno;
  (*env)->ReleaseStringUTFChars(env, from, old);
  (*env)->ReleaseStringUTFChars(env, to, new);
  if (failed) {
    throw_errno(env, error);
  }
}

JNIEXPORT jboolean JNICALL LOADER(buildSupportsIsal)(JNIEnv *env, jclass type) {
  (void) env;
  (void) type;
  return JNI_FALSE;
}

JNIEXPORT jboolean JNICALL LOADER(buildSupportsZstd)(JNIEnv *env, jclass type) {
  (void) env;
  (void) type;
  return JNI_FALSE;
}

JNIEXPORT jboolean JNICALL LOADER(buildSupportsOpenssl)(JNIEnv *env, jclass type) {
  (void) env;
  (void) type;
  return JNI_FALSE;
}

JNIEXPORT jstring JNICALL LOADER(getLibraryName)(JNIEnv *env, jclass type) {
  (void) type;
  return (*env)->NewStringUTF(env, "libhadoop.so of a test");
}

static uint32_t crc(int kind, const uint8_t *bytes, int length) {
  const uint32_t *table = tables[kind == CRC32C];
  uint32_t sum = 0xFFFFFFFFu;
  for (int i = 0; i < length; i++) {
    sum = (sum >> 8) ^ table[(sum ^ bytes[i]) & 0xFF];
  }
  return ~sum;
}

/* Computes the sums of chunks, or compares them; returns the place of the first difference, or -1. */
static int chunks(
    int kind, int chunk, uint8_t *sums, const uint8_t *data, int length, int compares) {
  for (int begin = 0; begin < length; begin += chunk, sums += 4) {
    uint32_t sum = crc(kind, data + begin, length - begin < chunk ? length - begin : chunk);
    uint8_t bytes[] = {(uint8_t) (sum >> 24), (uint8_t) (sum >> 16), (uint8_t) (sum >> 8),
                       (uint8_t) sum};
    if (!compares) {
      memcpy(sums, bytes, sizeof bytes);
    } else if (memcmp(sums, bytes, sizeof bytes) != 0) {
      return begin;
    }
  }
  return -1;
}

static void throw_difference(JNIEnv *env, jlong position) {
  jclass thrown = (*env)->FindClass(env, "org/apache/hadoop/fs/ChecksumException");
  jmethodID make = (*env)->GetMethodID(env, thrown, "<init>", "(Ljava/lang/String;J)V");
  jstring message = (*env)->NewStringUTF(env, "Checksum error");
  (*env)->Throw(env, (*env)->NewObject(env, thrown, make, message, position));
}

JNIEXPORT void JNICALL CRC(nativeComputeChunkedSums)(
    JNIEnv *env, jclass type, jint chunk, jint kind, jobject sums, jint sums_begin, jobject data,
    jint data_begin, jint length, jstring file, jlong position, jboolean verify) {
  (void) type;
  (void) file;
  uint8_t *found = (*env)->GetDirectBufferAddress(env, sums);
  uint8_t *bytes = (*env)->GetDirectBufferAddress(env, data);
  int place = chunks(kind, chunk, found + sums_begin, bytes + data_begin, length, verify);
  if (place >= 0) {
    throw_difference(env, position + place);
  }
}

JNIEXPORT void JNICALL CRC(nativeComputeChunkedSumsByteArray)(
    JNIEnv *env, jclass type, jint chunk, jint kind, jbyteArray sums, jint sums_begin,
    jbyteArray data, jint data_begin, jint length, jstring file, jlong position, jboolean verify) {
  (void) type;
  (void) file;
  jbyte *found = (*env)->GetByteArrayElements(env, sums, NULL);
  jbyte *bytes = (*env)->GetByteArrayElements(env, data, NULL);
  int place = chunks(
      kind, chunk, (uint8_t *) found + sums_begin, (uint8_t *) bytes + data_begin, length, verify);
  (*env)->ReleaseByteArrayElements(env, data, bytes, JNI_ABORT);
  (*env)->ReleaseByteArrayElements(env, sums, found, verify ? JNI_ABORT : 0);
  if (place >= 0) {
    throw_difference(env, position + place);
  }
}
