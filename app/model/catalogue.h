/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/identity.h"
#include "model/text.h"

G_BEGIN_DECLS

enum
{
  JUMIN_CATALOGUE_BYTES_MAX = 1024 * 1024,
  JUMIN_SERVICES_MAX = 1000,
  JUMIN_SERVICE_RECORDS_MAX = 8,
  JUMIN_SERVICE_PAPERS_MAX = 16, /* JUMIN_ENTITLEMENTS_MAX */
  JUMIN_ICON_MAX = 24            /* bytes of the name of an icon */
};

/**
 * JuminService:
 * @id: stable id
 * @flow: "queue" or "query": which line of steps; flows that this version does not know refuse the
 *   file
 * @icon, @family: how its tile is drawn
 * @need: how well it must know who comes
 * @title, @line: 取号排队; 到窗口办事, 先取号
 * @records: (array zero-terminated=1): which records of a person it shows, in this order
 *   ("fund-account"); empty: none
 * @papers: (array zero-terminated=1): which kinds of papers it offers ("fund-deposit")
 */
typedef struct
{
  char *id, *flow, *icon, *family;
  JuminNeed need;
  JuminText title, line;
  char **records, **papers;
} JuminService;

/**
 * JuminCatalogue:
 * @version: counts up
 * @services: (element-type JuminService): in the order of the tiles
 */
typedef struct
{
  int version;
  GPtrArray *services;
} JuminCatalogue;

/* Colours of a tile's plate, zero-terminated. */
extern const char *const jumin_families[];

/* Errors: G_IO_ERROR_INVALID_DATA with the JSON path: "services[3].flow: 'x' is not one of queue".
 * @name: what to call the text in the error. */
JuminCatalogue *jumin_catalogue_parse (const char *json, gssize length, const char *name,
                                       GError **error);
const JuminService *jumin_catalogue_find (const JuminCatalogue *self, const char *id);
void jumin_catalogue_free (JuminCatalogue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCatalogue, jumin_catalogue_free)

G_END_DECLS
