/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed view and its form on the border. One table a struct says which members it has, so that
 * writing, reading and freeing cannot disagree. What comes in is data from outside: a member of
 * another type, too long a text or too long a list refuses the whole view. Members that a newer
 * peer adds are passed over; empty members are not sent. */
#include "ipc/view.h"

typedef enum
{
  TEXT,
  NUMBER,
  COUNTER,
  FLAG,
  ITEMS,
  BLOCKS
} FieldType;

typedef struct
{
  const char *name;
  FieldType type;
  gsize offset;
} Field;

/* clang-format off */
#define ITEM(member, type) { #member, type, G_STRUCT_OFFSET (JuminItem, member) }
#define BLOCK(member, type) { #member, type, G_STRUCT_OFFSET (JuminBlock, member) }
#define VIEW(member, type) { #member, type, G_STRUCT_OFFSET (JuminView, member) }
/* clang-format on */

static const Field item_fields[] = {
  ITEM (id, TEXT),        ITEM (act, TEXT),
  ITEM (value, TEXT),     ITEM (icon, TEXT),
  ITEM (family, TEXT),    ITEM (title, TEXT),
  ITEM (text, TEXT),      ITEM (note, TEXT),
  ITEM (note_tone, TEXT), ITEM (label, TEXT),
  ITEM (figure, TEXT),    ITEM (unit, TEXT),
  ITEM (primary, TEXT),   ITEM (tone, TEXT),
  ITEM (state, TEXT),     ITEM (reason, TEXT),
  ITEM (speech, TEXT),    ITEM (level, NUMBER),
  ITEM (share, NUMBER),   ITEM (until, NUMBER),
  ITEM (amount, NUMBER),  { NULL },
};

static const Field block_fields[] = {
  BLOCK (kind, TEXT),   BLOCK (id, TEXT),   BLOCK (title, TEXT),
  BLOCK (text, TEXT),   BLOCK (note, TEXT), BLOCK (note_tone, TEXT),
  BLOCK (tone, TEXT),   BLOCK (icon, TEXT), BLOCK (picture, TEXT),
  BLOCK (items, ITEMS), { NULL },
};

static const Field view_fields[] = {
  VIEW (kind, TEXT),
  VIEW (language, TEXT),
  VIEW (hall, TEXT),
  VIEW (machine, TEXT),
  VIEW (clock, TEXT),
  VIEW (date, TEXT),
  VIEW (minute_end, NUMBER),
  VIEW (title, TEXT),
  VIEW (lead, TEXT),
  VIEW (countdown, TEXT),
  VIEW (pager_previous, TEXT),
  VIEW (pager_next, TEXT),
  VIEW (pager_place, TEXT),
  VIEW (page, COUNTER),
  VIEW (revision, COUNTER),
  VIEW (deadline, NUMBER),
  VIEW (deadline_total, NUMBER),
  VIEW (elder, FLAG),
  VIEW (contrast, FLAG),
  VIEW (reach, FLAG),
  VIEW (personal, FLAG),
  VIEW (steps, ITEMS),
  VIEW (blocks, BLOCKS),
  VIEW (actions, ITEMS),
  VIEW (nav, ITEMS),
  VIEW (keys, ITEMS),
  VIEW (dialog, BLOCKS),
  { NULL },
};

static gpointer
fields_new (gsize size, const Field *fields)
{
  gpointer self = g_malloc0 (size);

  for (const Field *field = fields; field->name != NULL; field++)
    if (field->type == ITEMS)
      G_STRUCT_MEMBER (GPtrArray *, self, field->offset)
          = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_item_free);
    else if (field->type == BLOCKS)
      G_STRUCT_MEMBER (GPtrArray *, self, field->offset)
          = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_block_free);
  return self;
}

static void
fields_free (gpointer self, const Field *fields)
{
  if (self == NULL)
    return;
  for (const Field *field = fields; field->name != NULL; field++)
    {
      char *text = field->type == TEXT ? G_STRUCT_MEMBER (char *, self, field->offset) : NULL;

      /* A view may show a name: nothing of it stays in the heap. */
      if (text != NULL)
        explicit_bzero (text, strlen (text));
      g_free (text);
      if (field->type == ITEMS || field->type == BLOCKS)
        g_ptr_array_unref (G_STRUCT_MEMBER (GPtrArray *, self, field->offset));
    }
  g_free (self);
}

JuminItem *
jumin_item_new (const char *id)
{
  JuminItem *item = fields_new (sizeof *item, item_fields);

  item->id = g_strdup (id);
  return item;
}

JuminBlock *
jumin_block_new (const char *kind, const char *id)
{
  JuminBlock *block = fields_new (sizeof *block, block_fields);

  block->kind = g_strdup (kind);
  block->id = g_strdup (id);
  return block;
}

JuminView *
jumin_view_new (const char *kind)
{
  JuminView *view = fields_new (sizeof *view, view_fields);

  view->kind = g_strdup (kind);
  return view;
}

void
jumin_item_free (JuminItem *item)
{
  fields_free (item, item_fields);
}

void
jumin_block_free (JuminBlock *block)
{
  fields_free (block, block_fields);
}

void
jumin_view_free (JuminView *view)
{
  fields_free (view, view_fields);
}

/**
 * jumin_items_add:
 * @items: a list of items
 * @id: (nullable): its stable name
 *
 * Returns: (transfer none): a new, empty item at the end of @items
 */
JuminItem *
jumin_items_add (GPtrArray *items, const char *id)
{
  JuminItem *item = jumin_item_new (id);

  g_assert (items->len < JUMIN_VIEW_ITEMS_MAX);
  g_ptr_array_add (items, item);
  return item;
}

/**
 * jumin_items_find:
 * @items: a list of items
 * @id: a name
 *
 * Returns: (nullable) (transfer none): the item with that name
 */
const JuminItem *
jumin_items_find (GPtrArray *items, const char *id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (((JuminItem *)items->pdata[i])->id, id) == 0)
      return items->pdata[i];
  return NULL;
}

JuminItem *
jumin_block_add (JuminBlock *block, const char *id)
{
  return jumin_items_add (block->items, id);
}

JuminBlock *
jumin_view_add_block (JuminView *view, const char *kind, const char *id)
{
  JuminBlock *block = jumin_block_new (kind, id);

  g_assert (view->blocks->len < JUMIN_VIEW_ITEMS_MAX);
  g_ptr_array_add (view->blocks, block);
  return block;
}

/**
 * jumin_block_get:
 *
 * Returns: (nullable) (transfer none): item @index; %NULL past the end
 */
const JuminItem *
jumin_block_get (const JuminBlock *block, guint index)
{
  return index < block->items->len ? block->items->pdata[index] : NULL;
}

gboolean
jumin_block_is (const JuminBlock *block, const char *kind)
{
  return g_strcmp0 (block->kind, kind) == 0;
}

/**
 * jumin_view_find:
 *
 * Returns: (nullable) (transfer none): the first block of this kind
 */
const JuminBlock *
jumin_view_find (const JuminView *view, const char *kind)
{
  for (guint i = 0; i < view->blocks->len; i++)
    if (jumin_block_is (view->blocks->pdata[i], kind))
      return view->blocks->pdata[i];
  return NULL;
}

static gboolean fields_equal (gconstpointer a, gconstpointer b, const Field *fields);

static gboolean
lists_equal (const GPtrArray *a, const GPtrArray *b, const Field *fields)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!fields_equal (a->pdata[i], b->pdata[i], fields))
      return FALSE;
  return TRUE;
}

static gboolean
field_equal (gconstpointer a, gconstpointer b, const Field *field)
{
  gsize at = field->offset;

  switch (field->type)
    {
    case TEXT:
      return g_strcmp0 (G_STRUCT_MEMBER (char *, a, at), G_STRUCT_MEMBER (char *, b, at)) == 0;
    case FLAG:
      return G_STRUCT_MEMBER (gboolean, a, at) == G_STRUCT_MEMBER (gboolean, b, at);
    case ITEMS:
    case BLOCKS:
      return lists_equal (G_STRUCT_MEMBER (GPtrArray *, a, at),
                          G_STRUCT_MEMBER (GPtrArray *, b, at),
                          field->type == ITEMS ? item_fields : block_fields);
    case NUMBER:
    case COUNTER:
    default:
      return G_STRUCT_MEMBER (gint64, a, at) == G_STRUCT_MEMBER (gint64, b, at);
    }
}

static gboolean
fields_equal (gconstpointer a, gconstpointer b, const Field *fields)
{
  for (const Field *field = fields; field->name != NULL; field++)
    if (!field_equal (a, b, field))
      return FALSE;
  return TRUE;
}

gboolean
jumin_block_equal (const JuminBlock *a, const JuminBlock *b)
{
  return fields_equal (a, b, block_fields);
}

static const Field *
find_view_field (const char *name)
{
  for (const Field *field = view_fields; field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  g_assert_not_reached ();
}

/**
 * jumin_view_equal:
 * @before: (nullable): %NULL is equal to no view
 * @...: names of members, then %NULL
 *
 * Returns: whether both have the same in these members
 */
gboolean
jumin_view_equal (const JuminView *view, const JuminView *before, ...)
{
  gboolean equal = before != NULL;
  const char *name;
  va_list names;

  va_start (names, before);
  while (equal && (name = va_arg (names, const char *)) != NULL)
    equal = field_equal (view, before, find_view_field (name));
  va_end (names);
  return equal;
}

static GVariant *
fields_to_variant (gconstpointer self, const Field *fields)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (const Field *field = fields; field->name != NULL; field++)
    {
      const char *text = NULL;
      gint64 number = 0;
      GPtrArray *list = NULL;

      if (field->type == TEXT)
        text = G_STRUCT_MEMBER (char *, self, field->offset);
      else if (field->type == NUMBER || field->type == COUNTER)
        number = G_STRUCT_MEMBER (gint64, self, field->offset);
      else if (field->type == FLAG)
        number = G_STRUCT_MEMBER (gboolean, self, field->offset);
      else
        list = G_STRUCT_MEMBER (GPtrArray *, self, field->offset);

      if (text != NULL && *text != '\0')
        g_variant_builder_add (&builder, "{sv}", field->name, g_variant_new_string (text));
      else if (number != 0)
        g_variant_builder_add (&builder, "{sv}", field->name,
                               field->type == FLAG      ? g_variant_new_boolean (number != 0)
                               : field->type == COUNTER ? g_variant_new_uint64 ((guint64)number)
                                                        : g_variant_new_int64 (number));
      else if (list != NULL && list->len > 0)
        {
          GVariantBuilder array = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

          for (guint i = 0; i < list->len; i++)
            g_variant_builder_add_value (
                &array, fields_to_variant (list->pdata[i],
                                           field->type == ITEMS ? item_fields : block_fields));
          g_variant_builder_add (&builder, "{sv}", field->name, g_variant_builder_end (&array));
        }
    }
  return g_variant_builder_end (&builder);
}

/**
 * jumin_view_to_variant:
 * @view: a view
 *
 * Returns: (transfer floating): the view as a{sv}
 */
GVariant *
jumin_view_to_variant (const JuminView *view)
{
  return fields_to_variant (view, view_fields);
}

static gboolean
refuse (GError **error, const char *name, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Reading a view failed: '%s' %s", name,
               what);
  return FALSE;
}

static gboolean fields_from_variant (gpointer self, const Field *fields, GVariant *variant,
                                     GError **error);

static gboolean
list_from_variant (GPtrArray *list, const Field *field, GVariant *value, GError **error)
{
  gsize n = g_variant_n_children (value);

  if (n > JUMIN_VIEW_ITEMS_MAX)
    return refuse (error, field->name, "has too many members");
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

      g_ptr_array_add (list, field->type == ITEMS ? (gpointer)jumin_item_new (NULL)
                                                  : (gpointer)jumin_block_new (NULL, NULL));
      if (!fields_from_variant (list->pdata[i], field->type == ITEMS ? item_fields : block_fields,
                                child, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
field_from_variant (gpointer self, const Field *field, GVariant *value, GError **error)
{
  static const char *types[] = { [TEXT] = "s", [NUMBER] = "x",     [COUNTER] = "t",
                                 [FLAG] = "b", [ITEMS] = "aa{sv}", [BLOCKS] = "aa{sv}" };
  gsize length;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (types[field->type])))
    return refuse (error, field->name, "has another type");
  switch (field->type)
    {
    case TEXT:
      g_variant_get_string (value, &length);
      if (length > JUMIN_VIEW_TEXT_MAX)
        return refuse (error, field->name, "is too long");
      g_free (G_STRUCT_MEMBER (char *, self, field->offset));
      G_STRUCT_MEMBER (char *, self, field->offset) = g_variant_dup_string (value, NULL);
      break;
    case NUMBER:
      G_STRUCT_MEMBER (gint64, self, field->offset) = g_variant_get_int64 (value);
      break;
    case COUNTER:
      G_STRUCT_MEMBER (guint64, self, field->offset) = g_variant_get_uint64 (value);
      break;
    case FLAG:
      G_STRUCT_MEMBER (gboolean, self, field->offset) = g_variant_get_boolean (value);
      break;
    case ITEMS:
    case BLOCKS:
      return list_from_variant (G_STRUCT_MEMBER (GPtrArray *, self, field->offset), field, value,
                                error);
    }
  return TRUE;
}

static gboolean
fields_from_variant (gpointer self, const Field *fields, GVariant *variant, GError **error)
{
  for (const Field *field = fields; field->name != NULL; field++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (variant, field->name, NULL);

      if (value != NULL && !field_from_variant (self, field, value, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jumin_view_from_variant:
 * @variant: a{sv} from the border
 *
 * Errors: G_IO_ERROR_INVALID_DATA when a member has another type or exceeds its bound.
 *
 * Returns: (transfer full): the view
 */
JuminView *
jumin_view_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (JuminView) view = jumin_view_new (NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    {
      refuse (error, "View", "is not a dictionary");
      return NULL;
    }
  if (!fields_from_variant (view, view_fields, variant, error))
    return NULL;
  if (view->kind == NULL || *view->kind == '\0')
    {
      refuse (error, "kind", "is missing");
      return NULL;
    }
  return g_steal_pointer (&view);
}
