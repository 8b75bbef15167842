/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl document verify: what it says and ends with, for texts, pictures and whole papers. */
#include <openssl/pem.h>
#include <string.h>
#include <sys/wait.h>

#include "scratch-folder.h"
#include "code-picture.h"
#include "picture-files.h"
#include "platform/document-seal.h"
#include "sandbox/certificate.h"

#define OWNER "5001************10"
#define NUMBER "GJJ-20261121-000371"

enum
{
  GOOD = 0,
  BAD = 1,
  USAGE = 2,
  KEYS = 2,
  EVERY = 7 /* character of a text; tests/unit/test-document-seal.c tries them all */
};

typedef struct
{
  char *folder, *config, *code;
  char *keys[KEYS + 1]; /* a file with the first, with the second, and with both */
} Fixture;

static char *
dup_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static char *
dup_code (EVP_PKEY *key)
{
  g_autoptr (GError) error = NULL;
  JuminVerification said = { .number = (char *)NUMBER,
                             .kind = (char *)"fund-deposit",
                             .owner = (char *)OWNER,
                             .issued_at = 1795227960,
                             .fen = 8651237 };
  g_autofree char *text = jumin_verification_dup_text (&said);
  g_autofree char *signature = jumin_sm2_sign (key, text, &error);

  g_assert_no_error (error);
  return g_strconcat (text, " ", signature, NULL);
}

static void
write_keys (Fixture *fixture, EVP_PKEY *const keys[KEYS])
{
  static const char *const names[KEYS + 1] = { "first.pem", "second.pem", "both.pem" };

  for (guint i = 0; i <= KEYS; i++)
    {
      FILE *file;

      fixture->keys[i] = dup_path (fixture, names[i]);
      file = fopen (fixture->keys[i], "w");
      for (guint k = 0; k < KEYS; k++)
        if (i == k || i == KEYS)
          g_assert_cmpint (PEM_write_PUBKEY (file, keys[k]), ==, 1);
      fclose (file);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EVP_PKEY) first = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  g_autoptr (EVP_PKEY) second = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  g_autofree char *config = NULL;

  fixture->folder = g_dir_make_tmp ("jumin-verify-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  write_keys (fixture, (EVP_PKEY *const[]){ first, second });
  fixture->code = dup_code (first);
  fixture->config = dup_path (fixture, "jumin.conf");
  config = g_strdup_printf ("[platform]\nreply-key-file=%s\n[scan]\nprogram=%s\n", fixture->keys[0],
                            g_getenv ("JUMIN_SCAN"));
  g_assert_true (g_file_set_contents (fixture->config, config, -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  scratch_folder_remove (fixture->folder);
  for (guint i = 0; i <= KEYS; i++)
    g_free (fixture->keys[i]);
  g_free (fixture->folder);
  g_free (fixture->config);
  g_free (fixture->code);
}

/* @arguments: those after "verify --config FILE". Returns: (transfer full): all that it says */
static char *
run (Fixture *fixture, const char *input, int status, const char *const *arguments)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) command = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_strv_builder_add_many (words, g_getenv ("JUMINCTL"), "document", "verify", "--config",
                           fixture->config, NULL);
  g_strv_builder_addv (words, (const char **)arguments);
  command = g_strv_builder_end (words);
  process = g_subprocess_newv ((const char *const *)command,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                   | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error));
  if (!g_subprocess_get_if_exited (process) || g_subprocess_get_exit_status (process) != status)
    g_error ("it did not end with %d: %s", status, output);
  return output;
}

#define RUN(input, status, ...)                                                                    \
  run (fixture, input, status, (const char *const[]){ __VA_ARGS__, NULL })

static void
assert_says (const char *output, const char *words)
{
  if (strstr (output, words) == NULL)
    g_error ("'%s' is not in: %s", words, output);
}

static void
assert_silent (const char *output)
{
  g_assert_null (strstr (output, OWNER));
  g_assert_null (strstr (output, NUMBER));
  g_assert_null (strstr (output, "86,51"));
}

static void
assert_genuine (const char *output)
{
  assert_says (output, "Genuine");
  assert_says (output, NUMBER);
  assert_says (output, "fund-deposit");
  assert_says (output, OWNER);
  assert_says (output, "2026-11-2");
  assert_says (output, "86,512.37");
}

static void
test_genuine (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strconcat (fixture->code, "\n", NULL);
  g_autofree char *one = RUN (NULL, GOOD, fixture->code);
  g_autofree char *two = RUN (line, GOOD, "-");
  g_autofree char *three = RUN (NULL, GOOD, "--keys", fixture->keys[0], fixture->code);

  assert_genuine (one);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, ==, three);
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < strlen (fixture->code); i += EVERY)
    {
      g_autofree char *changed = g_strdup (fixture->code), *output = NULL;

      changed[i] = changed[i] == '7' ? '8' : '7';
      output = RUN (NULL, BAD, changed);
      assert_says (output, "Not genuine");
      assert_silent (output);
    }
}

static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *more = g_strconcat (fixture->code, "\n\n", NULL);
  g_autofree char *filler = g_strnfill (4096, '1');
  g_autofree char *much = g_strconcat (fixture->code, filler, NULL);
  g_autofree char *one = RUN (more, BAD, "-");
  g_autofree char *two = RUN (much, BAD, "-");
  g_autofree char *three = RUN ("", BAD, "-");
  g_autofree char *four = RUN (NULL, BAD, much);

  assert_silent (one);
  assert_silent (two);
  assert_silent (three);
  assert_silent (four);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = RUN (NULL, BAD, "--keys", fixture->keys[1], fixture->code);
  g_autofree char *both = RUN (NULL, GOOD, "--keys", fixture->keys[KEYS], fixture->code);
  g_autofree char *none = RUN (NULL, USAGE, "--keys", "/nowhere/keys.pem", fixture->code);
  g_autofree char *wrong = RUN (NULL, USAGE, "--keys", fixture->config, fixture->code);

  assert_says (other, "not signed by the platform");
  assert_silent (other);
  assert_genuine (both);
  assert_says (none, "/nowhere/keys.pem");
  assert_silent (none);
  assert_says (wrong, fixture->config);
}

static void
test_wrong_lines (Fixture *fixture, gconstpointer data)
{
  g_autofree char *empty = RUN (NULL, USAGE, "--keys", fixture->keys[0]);
  g_autofree char *two = RUN (NULL, USAGE, fixture->code, fixture->code);
  g_autofree char *unknown = RUN (NULL, USAGE, "--colour", fixture->code);
  g_autofree char *no_config = RUN (NULL, USAGE, "--config", "/nowhere/jumin.conf", fixture->code);

  assert_says (empty, "Say which code");
  assert_silent (two);
  assert_says (unknown, "--colour");
  assert_says (no_config, "/nowhere/jumin.conf");
}

static char *
write_bytes (Fixture *fixture, const char *name, GBytes *bytes)
{
  char *path = dup_path (fixture, name);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  return path;
}

static char *
write_picture (Fixture *fixture, const char *name, const char *text)
{
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame = code_picture_draw (&(CodePicture){ .module_px = 5, .height = 640 },
                                        (const guint8 *)text, strlen (text), &pixels);
  g_autoptr (GBytes) png = picture_file_make_png (&frame, FALSE);

  return write_bytes (fixture, name, png);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = write_picture (fixture, "good.png", fixture->code);
  g_autofree char *other = write_picture (fixture, "other.png", "https://example.org/");
  g_autofree char *one = RUN (NULL, GOOD, "--image", good);
  g_autofree char *many = RUN (NULL, BAD, "--image", good, other, "/nowhere/paper.png");

  assert_genuine (one);
  assert_genuine (many);
  assert_says (many, other);
  assert_says (many, "no verification of a paper");
  assert_says (many, "Reading the code on '/nowhere/paper.png' failed");
}

/* As the sandbox's office draws it. */
static void
test_papers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autoptr (GBytes) pdf = NULL, cut = NULL;
  g_autofree char *whole = NULL, *half = NULL, *one = NULL, *two = NULL;
  int pages = 0;

  g_ptr_array_add (rows, g_strsplit ("缴存状态 正常", " ", -1));
  pdf = jumin_certificate_draw (&(JuminCertificate){ .title = "个人住房公积金缴存证明",
                                                     .number = NUMBER,
                                                     .sentence = "兹证明以上信息。",
                                                     .office = "临江区",
                                                     .date = "2026 年 11 月 21 日",
                                                     .verification = fixture->code,
                                                     .issued_at = 1795227960,
                                                     .rows = rows },
                                &pages);
  cut = g_bytes_new_from_bytes (pdf, 0, 200);
  whole = write_bytes (fixture, "whole.pdf", pdf);
  half = write_bytes (fixture, "half.pdf", cut);
  one = RUN (NULL, GOOD, "--image", whole);
  two = RUN (NULL, BAD, "--image", half);
  assert_genuine (one);
  assert_says (two, "no code was found");
}

/* A program that hangs or talks without end is not waited for. */
static void
test_bad_scanners (Fixture *fixture, gconstpointer data)
{
  g_autofree char *config = g_strdup_printf ("[platform]\nreply-key-file=%s\n[scan]\nprogram=%s\n",
                                             fixture->keys[0], "/usr/bin/yes");
  g_autofree char *other = NULL, *talker = NULL, *missing = NULL;

  g_assert_true (g_file_set_contents (fixture->config, config, -1, NULL));
  talker = RUN (NULL, BAD, "--image", fixture->config);
  assert_says (talker, "failed");
  other = g_strdup_printf ("[platform]\nreply-key-file=%s\n[scan]\nprogram=%s\n", fixture->keys[0],
                           "/nowhere/jumin-scan");
  g_assert_true (g_file_set_contents (fixture->config, other, -1, NULL));
  missing = RUN (NULL, BAD, "--image", fixture->config);
  assert_says (missing, "/nowhere/jumin-scan");
}

#define ADD(path, test)                                                                            \
  g_test_add ("/juminctl/document/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what_the_platform_signed_is_genuine", test_genuine);
  ADD ("what_was_changed_is_not", test_changed);
  ADD ("what_is_too_long_or_nothing_is_not", test_long);
  ADD ("which_keys_are_held_decides", test_keys);
  ADD ("wrong_arguments_are_said", test_wrong_lines);
  ADD ("pictures_are_read", test_pictures);
  ADD ("whole_papers_are_read", test_papers);
  ADD ("a_bad_scanner_is_not_waited_for", test_bad_scanners);
  return g_test_run ();
}
