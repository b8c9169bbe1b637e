package org.clickmill.formats.mapping;

import java.util.List;
import org.clickmill.formats.mapping.SourceNode.Branch;
import org.clickmill.formats.mapping.SourceNode.Items;
import org.clickmill.formats.mapping.SourceNode.Leaf;
import org.clickmill.formats.mapping.SourcePath.Step;

/** Finds the value of a path, or of a part of its steps, from a node of a record. */
final class PathWalker {
  private final TextOfValue texts = new TextOfValue();
  private final Step[] steps;

  /** Of each step into a text the reader of the JSON in it; else null. */
  private final JsonTree[] json;

  private final String shown;

  /**
   * @param path whose steps these are, for messages
   * @param from the first of the steps to go
   * @param to the step behind the last
   * @param root the names in a record
   */
  PathWalker(SourcePath path, int from, int to, SourceNames root) {
    List<Step> all = path.steps();
    steps = all.subList(from, to).toArray(new Step[0]);
    json = new JsonTree[steps.length];
    shown = path.text();
    var names = root;
    for (int i = 0; i < to; i++) {
      if (i >= from && all.get(i) instanceof SourcePath.Json) {
        json[i - from] = names.json();
      }
      names = names.behind(all.get(i));
    }
  }

  /**
   * The value at the end of the path; null if there is none.
   *
   * @throws BadValueException if a step does not fit what is there
   */
  SourceNode find(SourceNode from) throws BadValueException {
    var node = from;
    for (int i = 0; i < steps.length; i++) {
      if (node == null || (node instanceof Leaf leaf && leaf.isNull())) {
        return null;
      }
      node = next(node, i);
    }
    return node;
  }

  /** The array at the end of the path; null if there is none. */
  Items findItems(SourceNode from) throws BadValueException {
    var node = find(from);
    return node == null || (node instanceof Leaf leaf && leaf.isNull()) ? null : items(node);
  }

  private SourceNode next(SourceNode node, int index) throws BadValueException {
    var step = steps[index];
    if (step instanceof SourcePath.Name name) {
      if (node instanceof Branch branch) {
        return branch.child(name.name());
      }
      throw bad(
          node instanceof Items
              ? "'" + name.name() + "' is asked of an array (say [0] for an item, [] for each)"
              : "'" + name.name() + "' is asked of a value that is no object");
    }
    if (step instanceof SourcePath.Index item) {
      var items = items(node);
      return item.index() < items.size() ? items.item(item.index()) : null;
    }
    if (step instanceof SourcePath.Find find) {
      return first(items(node), find);
    }
    return json(node, json[index]);
  }

  private SourceNode first(Items items, SourcePath.Find find) throws BadValueException {
    for (int i = 0; i < items.size(); i++) {
      if (items.item(i) instanceof Branch branch && find.value().equals(key(branch, find))) {
        return branch;
      }
    }
    return null;
  }

  private String key(Branch branch, SourcePath.Find find) throws BadValueException {
    try {
      return texts.of(branch.child(find.key()));
    } catch (BadValueException e) {
      throw bad("'" + find.key() + "' is " + e.getMessage());
    }
  }

  private SourceNode json(SourceNode node, JsonTree tree) throws BadValueException {
    try {
      var text = texts.of(node);
      return text == null ? null : tree.ofText(text);
    } catch (BadValueException e) {
      throw bad(e.getMessage());
    }
  }

  private Items items(SourceNode node) throws BadValueException {
    if (node instanceof Items items) {
      return items;
    }
    throw bad("not an array");
  }

  private BadValueException bad(String what) {
    return new BadValueException("'" + BadValueException.shown(shown) + "': " + what);
  }
}
