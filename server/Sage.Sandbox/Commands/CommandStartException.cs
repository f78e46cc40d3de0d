namespace Sage.Sandbox.Commands;

/// <summary>A command could not be started: no such folder, no shell, no supervisor.</summary>
public sealed class CommandStartException(string message, Exception? inner = null) : Exception(message, inner);
