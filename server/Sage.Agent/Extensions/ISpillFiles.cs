namespace Sage.Agent.Extensions;

/// <summary>Whole outputs that were too long for the model, kept where <c>read_file</c> can reach them. Port: implemented in Sage.Storage.</summary>
public interface ISpillFiles
{
    /// <summary>The folder that holds them: tools may read below it, never write.</summary>
    string Root { get; }

    /// <summary>Creates the file of one call; the caller disposes the stream.</summary>
    Stream Create(string sessionId, string callId, out string fullPath);
}
