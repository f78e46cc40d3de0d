using Sage.Agent.Extensions;

namespace Sage.TestKit.Fakes;

/// <summary>Long outputs in a folder of the test's choice.</summary>
public sealed class FakeSpillFiles(string root) : ISpillFiles
{
    public string Root { get; } = root;

    public Stream Create(string sessionId, string callId, out string fullPath)
    {
        Directory.CreateDirectory(Path.Combine(Root, sessionId));
        fullPath = Path.Combine(Root, sessionId, $"{callId}.txt");
        return new FileStream(fullPath, FileMode.Create, FileAccess.Write, FileShare.Read);
    }
}
