using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Hooks.Dialects;
using Sage.Extensibility.Memory;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;

namespace Sage.Extensibility.Hooks.Configuration;

/// <summary>Reads which hooks the user and the project want. A file that cannot be read, or a hook, is a problem and no more.</summary>
internal sealed class HookFiles(IHookSettings settings, UserFolders folders)
{
    /// <summary>As a consent knows it.</summary>
    public const string OfferKind = "hooks";

    private const int Cap = 256 * 1024;
    private const double StandardSeconds = 60;
    private const double MostSeconds = 600;

    // In this order their answers count.
    private static readonly (string Name, HookDialect Dialect)[] ProjectFiles =
    [
        (".sage/settings.json", HookDialect.Sage),
        (".claude/settings.json", HookDialect.Claude),
        (".claude/settings.local.json", HookDialect.Claude),
    ];

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public HookConfig Read(Workspace workspace)
    {
        var user = settings.Read();
        var standard = TimeSpan.FromSeconds(
            user.Options.TimeoutSeconds is > 0 and <= MostSeconds and var seconds ? seconds : StandardSeconds
        );
        var problems = ImmutableArray.CreateBuilder<HookProblem>();
        var own = ImmutableArray.CreateBuilder<HookSpec>();
        if (user.Hooks is { } hooks)
        {
            var source = new HookSource(folders.Display(user.Place), user.Place, IsOfProject: false, HookDialect.Sage);
            Take(new HookReader(source, standard), reader => reader.Read(hooks), own, problems);
        }

        ReadClaude(user.Options, workspace, standard, own, problems);
        var project = ImmutableArray.CreateBuilder<HookSpec>();
        foreach (var (name, dialect) in ProjectFiles)
        {
            ReadProject(
                workspace,
                new HookSource(name, Path.Combine(workspace.Root, name), true, dialect),
                standard,
                project,
                problems
            );
        }

        return new HookConfig(
            own.ToImmutable(),
            project.ToImmutable(),
            Offer(workspace, project),
            problems.ToImmutable(),
            user.Options,
            user.Home
        );
    }

    private void ReadClaude(
        HookConfiguration options,
        Workspace workspace,
        TimeSpan standard,
        ImmutableArray<HookSpec>.Builder own,
        ImmutableArray<HookProblem>.Builder problems
    )
    {
        if (options.Claude == true && folders.Home.Length > 0 && folders.Home != workspace.Root)
        {
            var path = Path.Combine(folders.Home, ".claude", "settings.json");
            var source = new HookSource(folders.Display(path), path, IsOfProject: false, HookDialect.Claude);
            ReadFile(source, path, standard, own, problems);
        }
    }

    private void ReadProject(
        Workspace workspace,
        HookSource source,
        TimeSpan standard,
        ImmutableArray<HookSpec>.Builder found,
        ImmutableArray<HookProblem>.Builder problems
    )
    {
        // One home may be another's project.
        if (source.Path == settings.Read().Place)
        {
            return;
        }

        try
        {
            var path = LinkedPath.Resolve(source.Path);
            if (LinkedPath.IsWithin(workspace.Root, path))
            {
                ReadFile(source, path, standard, found, problems);
            }
        }
        catch (IOException error)
        {
            problems.Add(Unreadable(source, error));
        }
    }

    private static void ReadFile(
        HookSource source,
        string path,
        TimeSpan standard,
        ImmutableArray<HookSpec>.Builder found,
        ImmutableArray<HookProblem>.Builder problems
    )
    {
        try
        {
            if (SmallFile.Read(path, Cap) is not { } file)
            {
                return;
            }

            if (file.Length > Cap)
            {
                problems.Add(new($"{source.Place} is larger than {Cap / 1024} KB, so its hooks are left out."));
                return;
            }

            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(file.Bytes).TrimStart('\uFEFF'), Lenient);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("hooks", out var hooks) && !IsOff(root))
            {
                Take(new HookReader(source, standard), reader => reader.Read(hooks), found, problems);
            }
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            problems.Add(Unreadable(source, error));
        }
    }

    private static HookProblem Unreadable(HookSource source, Exception error) =>
        new($"{source.Place} cannot be read, so its hooks are left out: {error.Message} Mend it, or remove it.");

    private static bool IsOff(JsonElement root) =>
        root.TryGetProperty("disableAllHooks", out var off) && off.ValueKind == JsonValueKind.True;

    private static void Take(
        HookReader reader,
        Action<HookReader> read,
        ImmutableArray<HookSpec>.Builder found,
        ImmutableArray<HookProblem>.Builder problems
    )
    {
        read(reader);
        found.AddRange(reader.Hooks);
        problems.AddRange(reader.Problems);
    }

    private static ProjectOffer? Offer(Workspace workspace, ImmutableArray<HookSpec>.Builder project) =>
        project.Count == 0
            ? null
            : OfferHash.Offer(
                OfferKind,
                string.Join(", ", project.Select(static hook => hook.From.Place).Distinct()),
                [
                    .. project.Select(static hook => hook.Line),
                    .. NamedFiles.Of(workspace, project.Select(static hook => hook.Command)),
                ]
            );
}
