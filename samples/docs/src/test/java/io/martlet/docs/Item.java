package io.martlet.docs;

/**
 * What the API of the examples has.
 *
 * @param id    of the item
 * @param title of the item
 */
record Item(int id, String title) {}
