namespace Sage.Sandbox.Linux;

/// <summary>Rights that Landlock can hold back, as <c>linux/landlock.h</c> numbers them.</summary>
[Flags]
internal enum LandlockAccess : ulong
{
    None = 0,
    WriteFile = 1 << 1,
    ReadFile = 1 << 2,
    RemoveFolder = 1 << 4,
    RemoveFile = 1 << 5,
    MakeCharacterDevice = 1 << 6,
    MakeFolder = 1 << 7,
    MakeFile = 1 << 8,
    MakeSocket = 1 << 9,
    MakePipe = 1 << 10,
    MakeBlockDevice = 1 << 11,
    MakeLink = 1 << 12,

    /// <summary>Moving and linking from one folder to another.</summary>
    Refer = 1 << 13,
    Truncate = 1 << 14,
    DeviceControl = 1 << 15,

    /// <summary>What a file can have; the rest is for folders.</summary>
    OfFiles = WriteFile | ReadFile | Truncate | DeviceControl,

    /// <summary>What a folder to write in gives. Nobody makes devices.</summary>
    Write =
        WriteFile
        | RemoveFolder
        | RemoveFile
        | MakeFolder
        | MakeFile
        | MakeSocket
        | MakePipe
        | MakeLink
        | Refer
        | Truncate,
}

/// <summary>What each version of Landlock's interface can do.</summary>
internal static class LandlockVersion
{
    public const int Refer = 2;
    public const int Truncate = 3;
    public const int Network = 4;
    public const int DeviceControl = 5;
    public const int Scopes = 6;

    /// <summary>The rights that a kernel knows.</summary>
    public static LandlockAccess Known(int version) =>
        version <= 0
            ? LandlockAccess.None
            : (LandlockAccess.Write | LandlockAccess.OfFiles | Devices)
                & ~(version < Refer ? LandlockAccess.Refer : 0)
                & ~(version < Truncate ? LandlockAccess.Truncate : 0)
                & ~(version < DeviceControl ? LandlockAccess.DeviceControl : 0);

    private const LandlockAccess Devices = LandlockAccess.MakeCharacterDevice | LandlockAccess.MakeBlockDevice;
}
