using System.Collections.Immutable;

namespace Sage.Tools.Files.Changes;

/// <summary>Makes changes one after the other, and takes them back in the opposite order when one fails.</summary>
internal sealed class ChangeSequence(ImmutableArray<FileChange> changes)
{
    private readonly Stack<FileChange> _made = new();
    private readonly List<string> _left = [];

    /// <summary>Why it failed, and what is left of it; the model reads it.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>True when a file had only changed meanwhile, and everything is as it was.</summary>
    public bool MayTryAgain { get; private set; }

    /// <summary>True when all are made; else none is, but for what <see cref="Problem"/> says.</summary>
    public async Task<bool> TryMakeAsync(CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            if (await FailureOfAsync(change, cancellationToken) is { } failure)
            {
                await PutBackAsync();
                Problem =
                    _left.Count == 0 ? failure : $"{failure} But not all is as it was: {string.Join("; ", _left)}.";
                MayTryAgain &= _left.Count == 0;
                return false;
            }
        }

        return true;
    }

    /// <returns>Null when it is made.</returns>
    private async Task<string?> FailureOfAsync(FileChange change, CancellationToken cancellationToken)
    {
        try
        {
            if (await change.TryMakeAsync(cancellationToken))
            {
                _made.Push(change);
                return null;
            }

            MayTryAgain = true;
            var writing = _made.Count > 0 ? "What was written before it was put back." : "Nothing was written.";
            return $"{change.Shown} changed while it was being edited, or the editor refused the change. {writing} Read it again and retry.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _made.Count > 0
                ? $"{change.Shown} could not be changed: {e.Message} What was written before it was put back."
                : e.Message;
        }
        catch
        {
            await PutBackAsync();
            throw;
        }
    }

    private async Task PutBackAsync()
    {
        while (_made.TryPop(out var change))
        {
            try
            {
                await change.PutBackAsync();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _left.Add($"{change.Shown} could not be put back ({e.Message})");
            }
        }
    }
}
