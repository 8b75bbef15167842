/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the sandbox's parts as its own program does. */
#include "virtual-platform.h"

#include <glib/gstdio.h>

#include "sandbox-process.h"
#include "sandbox/keys.h"

static void
open_doors (VirtualPlatform *self)
{
  g_autofree char *ledger = g_build_filename (self->state, "ledger.db", NULL);
  g_autofree char *bills = g_build_filename (g_getenv ("JUMIN_SANDBOX_DATA"), "bills.json", NULL);
  const char *terminal = self->city->terminal;
  g_autoptr (GError) error = NULL;

  self->platform.store = jumin_store_new (ledger, &error);
  g_assert_no_error (error);
  self->platform.pay
      = jumin_pay_desk_new (bills, self->city->utc_offset_min, self->platform.store, &error);
  g_assert_no_error (error);
  self->platform.queue = jumin_queue_new (self->city, self->platform.store, self->platform.clock);
  self->platform.logins = jumin_logins_new (self->city, self->platform.clock);
  self->registry = jumin_registry_new (self->state, terminal, self->platform.clock, &error);
  g_assert_no_error (error);
  self->platform.gate = jumin_gate_new (self->state, self->registry, self->platform.store,
                                        self->platform.clock, &error);
  g_assert_no_error (error);
  self->desk = jumin_desk_new (self->state, self->city, self->platform.gate, self->registry,
                               self->platform.clock);
  self->server
      = jumin_server_new (self->state, &self->platform, self->platform.gate, self->desk, 0, &error);
  g_assert_no_error (error);
  g_assert_true (jumin_keys_write_config (self->state, terminal,
                                          jumin_server_get_port (self->server),
                                          jumin_server_get_desk_port (self->server), &error));
  g_assert_no_error (error);
}

static void
close_doors (VirtualPlatform *self)
{
  g_clear_object (&self->server);
  g_clear_pointer (&self->desk, jumin_desk_free);
  g_clear_pointer (&self->platform.gate, jumin_gate_free);
  g_clear_pointer (&self->registry, jumin_registry_free);
  g_clear_pointer (&self->platform.logins, jumin_logins_free);
  g_clear_pointer (&self->platform.queue, jumin_queue_free);
  g_clear_pointer (&self->platform.pay, jumin_pay_desk_free);
  g_clear_pointer (&self->platform.store, jumin_store_free);
}

VirtualPlatform *
virtual_platform_new (JuminClock *clock)
{
  VirtualPlatform *self = g_new0 (VirtualPlatform, 1);
  const char *data = g_getenv ("JUMIN_SANDBOX_DATA");
  g_autofree char *city = g_build_filename (data, "city.json", NULL);
  g_autofree char *residents = g_build_filename (data, "residents.json", NULL);
  g_autoptr (GError) error = NULL;

  self->state = g_dir_make_tmp ("jumin-XXXXXX", &error);
  g_assert_no_error (error);
  self->city = jumin_city_load (city, residents, &error);
  g_assert_no_error (error);
  g_assert_true (jumin_keys_ensure (self->state, self->city->terminal, &error));
  g_assert_no_error (error);
  self->platform.city = self->city;
  self->platform.staff = &self->staff;
  self->platform.state = self->state;
  self->platform.clock = g_object_ref (clock);
  open_doors (self);
  return self;
}

void
virtual_platform_free (VirtualPlatform *self)
{
  close_doors (self);
  g_object_unref (self->platform.clock);
  jumin_city_free (self->city);
  sandbox_remove_state (self->state);
  g_free (self->state);
  g_free (self);
}

JuminHallClient *
virtual_platform_client_new (VirtualPlatform *self)
{
  g_autofree char *file = g_build_filename (self->state, JUMIN_SANDBOX_CONFIG, NULL);
  g_autoptr (GKeyFile) written = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (written, file, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return sandbox_client_new (written, self->platform.clock, 1);
}
