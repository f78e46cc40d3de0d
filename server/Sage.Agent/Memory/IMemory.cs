using Sage.Agent.Workspaces;
using Sage.Protocol.Memory;

namespace Sage.Agent.Memory;

/// <summary>The files whose words every prompt begins with. Read from the disk each time. Port: implemented in Sage.Extensibility.</summary>
public interface IMemory
{
    /// <summary>All that hold, in the order in which the model reads them. Never throws for a bad file.</summary>
    /// <param name="workspace">Null for the user's own alone.</param>
    ListMemoryResult List(Workspace? workspace);
}
