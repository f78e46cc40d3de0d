namespace Sage.Server.Tests.Fakes;

/// <summary>Compares a text with a checked-in file. With <c>SAGE_UPDATE_GOLDEN=1</c> the file is written instead.</summary>
internal static class Golden
{
    public static void Check(string relative, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "Sage.Server.Tests", relative);
        if (Environment.GetEnvironmentVariable("SAGE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; write it with SAGE_UPDATE_GOLDEN=1.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
