namespace Sage.Protocol;

/// <summary>JSON-RPC error codes: the standard ones and ours.</summary>
public static class ErrorCodes
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>LSP: a request arrived before <c>initialize</c>.</summary>
    public const int ServerNotInitialized = -32002;

    /// <summary>LSP: the client cancelled the request.</summary>
    public const int RequestCancelled = -32800;

    /// <summary>No session has this id in this workspace.</summary>
    public const int UnknownSession = -31001;

    /// <summary>The session already runs a turn.</summary>
    public const int TurnRunning = -31002;

    /// <summary>No model is configured, or the id names none.</summary>
    public const int UnknownModel = -31003;

    /// <summary>No folder is open, or the folder does not exist.</summary>
    public const int NoWorkspace = -31004;

    /// <summary>Sage's own files could not be read or written (disk full, permissions).</summary>
    public const int StorageFailed = -31005;

    /// <summary>There is no turn that could take a steer.</summary>
    public const int NoTurnRunning = -31006;

    /// <summary>The queued prompt or steer was delivered or taken back before, or never was.</summary>
    public const int NotWaiting = -31007;

    /// <summary>No turn of the session was cut off while it asked the user.</summary>
    public const int NoTurnSuspended = -31008;

    /// <summary>The change to be kept or undone is not there any more: the file has changed, or it was reviewed before.</summary>
    public const int StaleHunk = -31009;

    /// <summary>The session has no such turn, or nothing that could be redone.</summary>
    public const int UnknownCheckpoint = -31010;

    /// <summary>Another window has the session: here it can be read, and nothing else.</summary>
    public const int SessionReadOnly = -31011;

    /// <summary>The prompt begins with a command that there is not, or that cannot be sent; the message says why.</summary>
    public const int CommandRefused = -31012;
}
