using Sage.Agent.Sessions;
using Sage.Protocol;

namespace Sage.Storage.Journals;

/// <summary>
/// Keeps a session to one writer, across processes. The lock is a file of its own, because on Unix a locked journal could not be
/// listed; it stays when it is released, because removing it could let two writers in.
/// </summary>
internal static class JournalLock
{
    /// <exception cref="SageException">Somebody else holds it.</exception>
    public static FileStream Take(string folder, string sessionId) =>
        TryTake(folder, sessionId) ?? throw ReadOnlySession.Refusal();

    /// <returns>Null when somebody else holds it.</returns>
    public static FileStream? TryTake(string folder, string sessionId)
    {
        var locks = Path.Combine(folder, ".locks");
        PrivateFiles.CreateFolder(locks);
        try
        {
            return PrivateFiles.Open(
                Path.Combine(locks, sessionId),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException exception) when (StorageFailures.IsSharingViolation(exception))
        {
            return null;
        }
    }
}
