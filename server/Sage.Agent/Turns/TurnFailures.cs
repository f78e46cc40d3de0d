using Sage.Protocol;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>What a user is told of an error that ended a turn.</summary>
internal static class TurnFailures
{
    public static TurnEnd End(Exception error) =>
        new(
            TurnOutcome.Failed,
            error switch
            {
                IOException => OfStorage(error),
                SageException => new TurnError(TurnErrorCodes.Internal, error.Message, Retryable: true),
                _ => new TurnError(TurnErrorCodes.Internal, "Sage made a mistake; its log has the details.", true),
            }
        );

    public static TurnError OfStorage(Exception error) =>
        new(TurnErrorCodes.Storage, $"The session could not be saved: {error.Message}", Retryable: true);
}
