using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;

namespace Sage.Storage.Permissions;

/// <summary>
/// Rules from files: the administrator's policy, which can only restrict, the project's settings, which can do more only when the
/// user has agreed to it, the user's settings, and what the user had saved from answers. Files are looked at for each question, and read again when they have changed.
/// </summary>
public sealed class PermissionFiles : IPermissionRules, IProjectOffers
{
    private readonly ConcurrentDictionary<string, ReadFile> _read = new(StringComparer.Ordinal);
    private readonly SageHome _home;
    private readonly string _policyPath;
    private readonly WorkspaceTrust _trust;
    private readonly IProjectConsents _consents;
    private readonly Lock _saving = new();
    private ImmutableArray<PermissionRule> _ofCommandLine = [];

    public PermissionFiles(SageHome home, WorkspaceTrust trust, IProjectConsents consents)
        : this(home, trust, consents, PolicyFile.Place) { }

    internal PermissionFiles(SageHome home, WorkspaceTrust trust, IProjectConsents consents, string policyPath) =>
        (_home, _trust, _consents, _policyPath) = (home, trust, consents, policyPath);

    /// <summary>What was allowed with <c>--allow</c>.</summary>
    /// <returns>The first rule that cannot be understood; null when all are.</returns>
    public string? AllowOnCommandLine(ImmutableArray<string> rules)
    {
        var source = new RuleSource(RuleSourceKind.CommandLine);
        var parsed = rules.Select(rule => PermissionRule.TryParse(rule, RuleEffect.Allow, source)).ToList();
        _ofCommandLine = [.. parsed.OfType<PermissionRule>()];
        return parsed.IndexOf(null) is var wrong and >= 0 ? rules[wrong] : null;
    }

    public PermissionPolicy Read(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var policy = Read(_policyPath, PolicyFile.Parse);
        var user = Read(
            _home.Settings,
            bytes => OfSettings(bytes, new RuleSource(RuleSourceKind.User, _home.Settings))
        );
        var project = OfProject(workspace);
        var mayAllow = project.Offer is { } offer && _consents.IsGiven(workspace, offer);
        var saved = Read(_home.SavedPermissions, SavedRules.Parse);
        return new PermissionPolicy([
            .. policy.Rules,
            .. user.Rules,
            .. project.Rules,
            .. mayAllow ? project.Offered : [],
            .. saved.Rules,
            .. saved.Saved.Of(workspace.Root),
            .. _ofCommandLine,
        ])
        {
            Problem = policy.Problem ?? user.Problem ?? project.Problem ?? saved.Problem,
            OnlyReads = !_trust.IsGranted,
            ForbiddenModes = policy.ForbiddenModes,
            Sandbox = user.Sandbox,
        };
    }

    public ImmutableArray<ProjectOffer> OffersOf(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return OfProject(workspace).Offer is { } offer ? [offer] : [];
    }

    public void Save(Workspace workspace, GrantScope scope, string rule)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        lock (_saving)
        {
            try
            {
                PrivateFiles.CreateFolder(_home.Root);
                // Another window may have saved meanwhile.
                var saved = Read(_home.SavedPermissions, SavedRules.Parse);
                if (saved.Problem is { } problem)
                {
                    throw new IOException(problem);
                }

                var added = saved.Saved.With(scope == GrantScope.User ? null : workspace.Root, rule);
                PrivateFiles.Replace(_home.SavedPermissions, added.ToBytes());
            }
            catch (Exception error) when (StorageFailures.Covers(error))
            {
                throw StorageFailures.WhileWriting(error, _home.SavedPermissions);
            }
        }
    }

    private FileRules OfProject(Workspace workspace)
    {
        var path = Path.Combine(workspace.Root, ".sage", "settings.json");
        // One home may be another's project.
        return path == _home.Settings
            ? FileRules.None
            : Read(
                path,
                bytes => OfSettings(bytes, new RuleSource(RuleSourceKind.Project, path)).Offering(".sage/settings.json")
            );
    }

    private FileRules Read(string path, Func<byte[], FileRules> parse)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return FileRules.None;
            }

            if (
                _read.TryGetValue(path, out var known)
                && (known.Size, known.Written) == (file.Length, file.LastWriteTimeUtc)
            )
            {
                return known.Rules;
            }

            var rules = Parse(path, parse);
            _read[path] = new ReadFile(file.Length, file.LastWriteTimeUtc, rules);
            return rules;
        }
        catch (Exception error) when (StorageFailures.Covers(error))
        {
            return FileRules.Failed(path, error.Message);
        }
    }

    private static FileRules Parse(string path, Func<byte[], FileRules> parse)
    {
        try
        {
            var rules = parse(File.ReadAllBytes(path));
            return rules.Problem is { } problem ? FileRules.Failed(path, problem) : rules;
        }
        catch (JsonException error)
        {
            return FileRules.Failed(path, error.Message);
        }
    }

    private static FileRules OfSettings(byte[] bytes, RuleSource source)
    {
        var reader = new Utf8JsonReader(bytes, LenientJson.ReaderOptions);
        var settings = JsonSerializer.Deserialize(ref reader, LanguageServerJson.Default.SageConfiguration);
        return FileRules.Of(settings?.Permissions, source) with { Sandbox = WishOf(settings?.Sandbox) };
    }

    private static SandboxWish WishOf(SandboxConfiguration? sandbox) =>
        new(
            sandbox?.Enabled ?? true,
            sandbox?.Network ?? false,
            [.. (sandbox?.Writable is { IsDefault: false } folders ? folders : []).Select(InHome)]
        );

    private static string InHome(string path) =>
        Path.GetFullPath(
            path.StartsWith("~/", StringComparison.Ordinal)
                ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
                : path,
            "/"
        );

    /// <summary>A file as it was when it was read.</summary>
    private sealed record ReadFile(long Size, DateTime Written, FileRules Rules);
}
