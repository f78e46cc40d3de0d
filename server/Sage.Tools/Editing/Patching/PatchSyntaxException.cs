namespace Sage.Tools.Editing.Patching;

/// <summary>A patch that cannot be read; never leaves <see cref="PatchParser"/>.</summary>
internal sealed class PatchSyntaxException(string message) : Exception(message);
