namespace Sage.Agent.EditorKnowledge;

/// <summary>The editor did not answer; the message says why, for the model.</summary>
public sealed class EditorSilentException(string message, Exception? cause = null) : Exception(message, cause);
