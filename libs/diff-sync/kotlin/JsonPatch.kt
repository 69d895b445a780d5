package sync

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

private val index = Regex("0|[1-9][0-9]{0,8}")
private val brokenEscape = Regex("~(?![01])")

/** Thrown when the patch is invalid or does not fit the document. */
class PatchError(why: String) : IllegalArgumentException(why)

/** Applies a JSON Patch (RFC 6902) and returns the new document; never changes the given one. @throws PatchError */
fun applyPatch(document: JsonElement, patch: JsonElement): JsonElement {
    if (patch !is JsonArray) throw PatchError("the patch is not an array")
    // The document becomes a member of an object, so that its root is a target like any other.
    val holder = mutableMapOf<String, Any>("" to mutable(document))
    patch.forEach { applyOperation(holder, it as? JsonObject ?: throw PatchError("an operation is not an object")) }
    return immutable(holder[""] ?: throw PatchError("the patch removes the document"))
}

/** Compares JSON values: numbers by value, so `1.0` and `1` are equal. */
fun jsonEqual(one: JsonElement, other: JsonElement): Boolean = when {
    one is JsonObject && other is JsonObject ->
        one.keys == other.keys && one.all { (name, member) -> jsonEqual(member, other.getValue(name)) }
    one is JsonArray && other is JsonArray ->
        one.size == other.size && one.indices.all { jsonEqual(one[it], other[it]) }
    one is JsonPrimitive && other is JsonPrimitive && !one.isString && !other.isString ->
        one.content == other.content || isSameNumber(one.content, other.content)
    else -> one == other
}

private fun isSameNumber(one: String, other: String): Boolean =
    one.toDoubleOrNull()?.let { value -> value == (other.toDoubleOrNull() ?: return false) } ?: false

private fun applyOperation(holder: MutableMap<String, Any>, operation: JsonObject) {
    val path = pointer(operation, "path")
    when ((operation["op"] as? JsonPrimitive)?.takeIf { it.isString }?.content) {
        "add" -> add(holder, path, valueOf(operation))
        "remove" -> remove(holder, path)
        "replace" -> {
            val value = valueOf(operation)
            replace(holder, path, value)
        }
        "move" -> {
            val source = pointer(operation, "from")
            if (source.size < path.size && path.take(source.size) == source)
                throw PatchError("a value cannot be moved into itself")
            add(holder, path, remove(holder, source))
        }
        "copy" -> add(holder, path, mutable(immutable(existing(holder, pointer(operation, "from")))))
        "test" ->
            if (!jsonEqual(immutable(existing(holder, path)), immutable(valueOf(operation))))
                throw PatchError("a test operation failed: the value differs")
        else -> throw PatchError("the operation is unknown")
    }
}

private fun valueOf(operation: JsonObject): Any =
    mutable(operation["value"] ?: throw PatchError("the value is missing"))

/** Returns the reference tokens of a JSON Pointer (RFC 6901); the first one is empty and names the document in the holder. */
private fun pointer(operation: JsonObject, name: String): List<String> {
    val text = (operation[name] as? JsonPrimitive)?.takeIf { it.isString }?.content
    if (text == null || (text.isNotEmpty() && text[0] != '/') || brokenEscape.containsMatchIn(text))
        throw PatchError("the pointer is malformed")
    return text.split("/").map { it.replace("~1", "/").replace("~0", "~") }
}

private fun existing(holder: Any, steps: List<String>): Any = steps.fold(holder) { value, step -> child(value, step) }

private fun child(parent: Any, step: String): Any = when (parent) {
    is Map<*, *> -> parent[step] ?: throw PatchError("the target does not exist")
    is List<*> -> parent[indexIn(parent, step)] as Any
    else -> throw PatchError("the parent of the target is a scalar")
}

private fun indexIn(list: List<*>, step: String): Int =
    step.takeIf(index::matches)?.toInt()?.takeIf { it < list.size } ?: throw PatchError("the target does not exist")

@Suppress("UNCHECKED_CAST")
private fun add(holder: Any, steps: List<String>, value: Any) {
    val step = steps.last()
    when (val parent = existing(holder, steps.dropLast(1))) {
        is MutableMap<*, *> -> (parent as MutableMap<String, Any>)[step] = value
        is MutableList<*> -> {
            val list = parent as MutableList<Any>
            if (step == "-" || step == list.size.toString()) list.add(value) else list.add(indexIn(list, step), value)
        }
        else -> throw PatchError("the parent of the target is a scalar")
    }
}

@Suppress("UNCHECKED_CAST")
private fun replace(holder: Any, steps: List<String>, value: Any) {
    existing(holder, steps)
    when (val parent = existing(holder, steps.dropLast(1))) {
        is MutableMap<*, *> -> (parent as MutableMap<String, Any>)[steps.last()] = value
        else -> (parent as MutableList<Any>)[indexIn(parent, steps.last())] = value
    }
}

private fun remove(holder: Any, steps: List<String>): Any {
    val value = existing(holder, steps)
    when (val parent = existing(holder, steps.dropLast(1))) {
        is MutableMap<*, *> -> parent.remove(steps.last())
        else -> (parent as MutableList<*>).removeAt(indexIn(parent, steps.last()))
    }
    return value
}

private fun mutable(value: JsonElement): Any = when (value) {
    is JsonObject -> value.mapValuesTo(mutableMapOf()) { mutable(it.value) }
    is JsonArray -> value.mapTo(mutableListOf(), ::mutable)
    is JsonPrimitive -> value
}

private fun immutable(value: Any): JsonElement = when (value) {
    is Map<*, *> -> JsonObject(value.entries.associate { (name, member) -> name as String to immutable(member!!) })
    is List<*> -> JsonArray(value.map { immutable(it!!) })
    else -> value as? JsonPrimitive ?: JsonNull
}
