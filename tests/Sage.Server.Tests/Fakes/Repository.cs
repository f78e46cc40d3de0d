namespace Sage.Server.Tests.Fakes;

/// <summary>Finds checked-in files from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Sage.Server.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("These tests look at checked-in files: run them inside the repository.");
    }
}
