//! The disk as the kernel sees it: a FUSE file system.
//!
//! The kernel's page cache stays in between, as with any disk: it may show what the disk does not hold. Writes go
//! through it to the disk at once, so that their order is the program's. Locks are the kernel's own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use fuser::{
    BackgroundSession, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo,
    LockOwner, MountOption, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory, ReplyEmpty,
    ReplyEntry, ReplyOpen, ReplyStatfs, ReplyWrite, Request, TimeOrNow, WriteFlags,
};

use crate::disk::{Disk, Kind, State, Verdict, is_shared_memory};
use crate::tree::{Inode, Node};

/// Nobody but this mount changes the disk, so that the kernel may remember names for long.
const LONG: Duration = Duration::from_secs(3600);

/// How long open files are waited for when a mount ends.
const PATIENCE: Duration = Duration::from_secs(20);

/// A disk under a path of this machine, until it is dropped.
#[derive(Debug)]
pub struct Mounted {
    disk: Disk,
    /// Each mount has a folder of its own: nothing can hold on to an earlier one.
    under: tempfile::TempDir,
    mounts: u32,
    session: Option<BackgroundSession>,
}

impl Mounted {
    /// Mounts a disk.
    ///
    /// # Panics
    /// Where this machine cannot mount, with what helps: a test that needs a disk fails without one.
    pub fn new(disk: Disk) -> Self {
        let under = tempfile::tempdir().expect("a folder for temporary files");
        let mut mounted = Mounted { disk, under, mounts: 0, session: None };
        mounted.mount();
        mounted
    }

    /// The disk.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Where it is mounted now. It changes with [`Mounted::power_cycle`].
    pub fn path(&self) -> PathBuf {
        self.under.path().join(self.mounts.to_string())
    }

    fn mount(&mut self) {
        self.mounts += 1;
        let path = self.path();
        std::fs::create_dir(&path).expect("the folder for the mount");
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("sanad-faults".to_owned()), MountOption::NoAtime];
        match fuser::spawn_mount(Fuse(self.disk.clone()), &path, &config) {
            Ok(session) => self.session = Some(session),
            Err(error) => panic!(
                "no disk could be mounted at {}: {error}\n\
                 These tests mount a file system of their own through /dev/fuse. What helps, as root: `modprobe fuse` \
                 where /dev/fuse is missing; running the tests as root, or `apt-get install fuse3` for other users.",
                path.display()
            ),
        }
    }

    /// Ends the mount, once nothing under it is open any more. A mount that stays would outlive the test.
    fn unmount(&mut self) {
        let Some(session) = self.session.take() else { return };
        let (path, start) = (self.path(), Instant::now());
        while !in_use(&path).is_empty() && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(1));
        }
        let open = in_use(&path);
        // Busy for a moment, where another thread is just starting a process.
        if session.umount_and_join().is_err() {
            while !run_umount(&path, &[]) {
                std::thread::sleep(Duration::from_millis(20));
                if start.elapsed() > 2 * PATIENCE {
                    run_umount(&path, &["-l"]);
                    break;
                }
            }
        }
        if !open.is_empty() && !std::thread::panicking() {
            panic!("{} is still in use: {open:?}", path.display());
        }
    }

    /// Takes the power away, and gives it back: what the disk kept is mounted at a new [`path`](Mounted::path).
    ///
    /// # Panics
    /// Where somebody has kept a file open for long.
    pub fn power_cycle(&mut self) {
        self.disk.cut();
        self.unmount();
        self.disk.power_cycle();
        self.mount();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.unmount();
    }
}

/// What this process has open or mapped under `path`.
fn in_use(path: &Path) -> Vec<String> {
    let under = format!("{}/", path.display());
    let open = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    let open = open.filter_map(|entry| std::fs::read_link(entry.path()).ok());
    let mut found: Vec<String> =
        open.map(|file| file.to_string_lossy().into_owned()).filter(|file| file.starts_with(&under)).collect();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    found.extend(maps.lines().filter(|line| line.contains(&under)).map(str::to_owned));
    found
}

fn run_umount(path: &Path, options: &[&str]) -> bool {
    let quiet = std::process::Stdio::null;
    let status = std::process::Command::new("umount").args(options).arg(path).stderr(quiet()).status();
    status.is_ok_and(|status| status.success())
}

struct Fuse(Disk);

const MODE: u32 = 0o755;

fn attributes(ino: u64, inode: &mut Inode) -> FileAttr {
    let (kind, size) = match &mut inode.node {
        Node::File(file) => (FileType::RegularFile, file.now().len() as u64),
        Node::Folder(_) => (FileType::Directory, 0),
    };
    FileAttr {
        ino: INodeNo(ino),
        size,
        blocks: size.div_ceil(512),
        atime: inode.modified,
        mtime: inode.modified,
        ctime: inode.modified,
        crtime: inode.modified,
        kind,
        perm: MODE as u16,
        nlink: 1,
        // Whoever runs the tests owns all.
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    }
}

impl State {
    fn attributes(&mut self, ino: u64) -> Result<FileAttr, Errno> {
        self.tree.inodes.get_mut(&ino).map(|inode| attributes(ino, inode)).ok_or(Errno::ENOENT)
    }

    fn name_of(&self, ino: u64) -> String {
        self.names.get(&ino).cloned().unwrap_or_else(|| "/".to_owned())
    }

    /// A change of names: judged, then done.
    fn names(&mut self, kind: Kind, name: &OsStr, change: impl FnOnce(&mut State)) -> Result<(), Errno> {
        if is_shared_memory(&name.to_string_lossy()) {
            change(self);
            return Ok(());
        }
        let verdict = self.judge(kind, &name.to_string_lossy());
        match verdict {
            Verdict::Refuse(errno) => Err(errno),
            Verdict::DoAndDie => {
                change(self);
                Err(Errno::EIO)
            }
            _ => {
                change(self);
                Ok(())
            }
        }
    }

    fn add(&mut self, folder: u64, name: &OsStr, node: Node) -> Result<FileAttr, Errno> {
        if self.tree.find(folder, name).is_some() {
            return Err(Errno::EEXIST);
        }
        let mut made = 0;
        self.names(Kind::AddName, name, |state| made = state.make(folder, name, node))?;
        self.attributes(made)
    }

    fn write(&mut self, ino: u64, offset: u64, bytes: &[u8]) -> Result<u32, Errno> {
        let verdict = match self.is_shared_memory(ino) {
            true => Verdict::Do,
            false => self.judge(Kind::Write, &format!("{} {offset}+{}", self.name_of(ino), bytes.len())),
        };
        let file = self.tree.file(ino).ok_or(Errno::ENOENT)?;
        let half = &bytes[..bytes.len() / 2];
        match verdict {
            Verdict::Refuse(errno) => return Err(errno),
            Verdict::Half if half.is_empty() => return Err(Errno::ENOSPC),
            Verdict::Half => {
                file.write(offset, half);
                return Ok(half.len() as u32);
            }
            Verdict::Swallow => file.swallow(offset, bytes.len()),
            Verdict::DoAndDie => {
                file.write(offset, bytes);
                return Err(Errno::EIO);
            }
            _ => file.write(offset, bytes),
        }
        Ok(bytes.len() as u32)
    }

    fn set_length(&mut self, ino: u64, length: u64) -> Result<(), Errno> {
        let verdict = match self.is_shared_memory(ino) {
            true => Verdict::Do,
            false => self.judge(Kind::Shorten, &format!("{} to {length}", self.name_of(ino))),
        };
        let file = self.tree.file(ino).ok_or(Errno::EISDIR)?;
        match verdict {
            Verdict::Refuse(errno) => return Err(errno),
            Verdict::DoAndDie => {
                file.set_length(length);
                return Err(Errno::EIO);
            }
            _ => file.set_length(length),
        }
        Ok(())
    }

    fn sync(&mut self, ino: u64, kind: Kind) -> Result<(), Errno> {
        if self.is_shared_memory(ino) {
            return Ok(());
        }
        let name = self.name_of(ino);
        match self.judge(kind, &name) {
            Verdict::Refuse(errno) => return Err(errno),
            Verdict::Skip => return Ok(()),
            Verdict::Lose => {
                if let Some(file) = self.tree.file(ino) {
                    file.lose_pending();
                }
                return Err(Errno::EIO);
            }
            _ => self.tree.sync(ino),
        }
        Ok(())
    }

    fn rename(&mut self, folder: u64, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
        let ino = self.tree.find(folder, from).ok_or(Errno::ENOENT)?;
        if let Some(other) = self.tree.find(folder, to)
            && let (moved, Some(there)) = (self.tree.folder(ino).is_some(), self.tree.folder(other))
            && (!moved || !there.now.is_empty())
        {
            return Err(if moved { Errno::ENOTEMPTY } else { Errno::EISDIR });
        }
        // A name that exists needs no room for a new one.
        self.names(Kind::RemoveName, to, |state| state.tree.rename(folder, from, to))
    }
}

fn end(reply: ReplyEmpty, result: Result<(), Errno>) {
    match result {
        Ok(()) => reply.ok(),
        Err(errno) => reply.error(errno),
    }
}

fn entry(reply: ReplyEntry, result: Result<FileAttr, Errno>) {
    match result {
        Ok(found) => reply.entry(&LONG, &found, Generation(0)),
        Err(errno) => reply.error(errno),
    }
}

impl Filesystem for Fuse {
    fn lookup(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let mut state = self.0.state();
        let found = state.tree.find(parent.0, name).ok_or(Errno::ENOENT).and_then(|ino| state.attributes(ino));
        entry(reply, found);
    }

    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.0.state().attributes(ino.0) {
            Ok(found) => reply.attr(&LONG, &found),
            Err(errno) => reply.error(errno),
        }
    }

    fn setattr(
        &self,
        _: &Request,
        ino: INodeNo,
        _mode: Option<u32>,
        _uid: Option<u32>,
        _gid: Option<u32>,
        size: Option<u64>,
        _atime: Option<TimeOrNow>,
        mtime: Option<TimeOrNow>,
        _ctime: Option<SystemTime>,
        _fh: Option<FileHandle>,
        _crtime: Option<SystemTime>,
        _chgtime: Option<SystemTime>,
        _bkuptime: Option<SystemTime>,
        _flags: Option<fuser::BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let mut state = self.0.state();
        if let Some(size) = size
            && let Err(errno) = state.set_length(ino.0, size)
        {
            return reply.error(errno);
        }
        if let (Some(mtime), Some(inode)) = (mtime, state.tree.inodes.get_mut(&ino.0)) {
            inode.modified = match mtime {
                TimeOrNow::SpecificTime(time) => time,
                TimeOrNow::Now => SystemTime::now(),
            };
        }
        match state.attributes(ino.0) {
            Ok(found) => reply.attr(&LONG, &found),
            Err(errno) => reply.error(errno),
        }
    }

    fn mkdir(&self, _: &Request, parent: INodeNo, name: &OsStr, _mode: u32, _umask: u32, reply: ReplyEntry) {
        entry(reply, self.0.state().add(parent.0, name, Node::Folder(Default::default())));
    }

    fn mknod(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        _mode: u32,
        _umask: u32,
        _rdev: u32,
        reply: ReplyEntry,
    ) {
        entry(reply, self.0.state().add(parent.0, name, Node::File(Default::default())));
    }

    fn create(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        _mode: u32,
        _umask: u32,
        _flags: i32,
        reply: ReplyCreate,
    ) {
        match self.0.state().add(parent.0, name, Node::File(Default::default())) {
            Ok(made) => reply.created(&LONG, &made, Generation(0), FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE),
            Err(errno) => reply.error(errno),
        }
    }

    fn unlink(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let mut state = self.0.state();
        if state.tree.find(parent.0, name).is_none() {
            return reply.error(Errno::ENOENT);
        }
        end(reply, state.names(Kind::RemoveName, name, |state| state.tree.unlink(parent.0, name)));
    }

    fn rmdir(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let mut state = self.0.state();
        let folder = state.tree.find(parent.0, name).and_then(|ino| state.tree.folder(ino));
        match folder.map(|folder| folder.now.is_empty()) {
            None => reply.error(Errno::ENOENT),
            Some(false) => reply.error(Errno::ENOTEMPTY),
            Some(true) => end(reply, state.names(Kind::RemoveName, name, |state| state.tree.unlink(parent.0, name))),
        }
    }

    fn rename(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        newparent: INodeNo,
        newname: &OsStr,
        flags: RenameFlags,
        reply: ReplyEmpty,
    ) {
        // Nothing of ours moves a file to another folder; how that may be torn is not modelled.
        if parent != newparent || !flags.is_empty() {
            return reply.error(Errno::EXDEV);
        }
        end(reply, self.0.state().rename(parent.0, name, newname));
    }

    fn link(&self, _: &Request, ino: INodeNo, newparent: INodeNo, newname: &OsStr, reply: ReplyEntry) {
        let mut state = self.0.state();
        let result = match state.tree.find(newparent.0, newname) {
            Some(_) => Err(Errno::EEXIST),
            None => state.names(Kind::AddName, newname, |state| state.tree.link(ino.0, newparent.0, newname)),
        };
        entry(reply, result.and_then(|()| state.attributes(ino.0)));
    }

    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        // The page cache is kept from open to open, as with any disk.
        reply.opened(FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE);
    }

    fn read(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _flags: OpenFlags,
        _lock_owner: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let mut state = self.0.state();
        let Some(file) = state.tree.file(ino.0) else { return reply.error(Errno::EISDIR) };
        let bytes = file.now();
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        reply.data(&bytes[from..bytes.len().min(from.saturating_add(size as usize))]);
    }

    fn write(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _write_flags: WriteFlags,
        _flags: OpenFlags,
        _lock_owner: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        match self.0.state().write(ino.0, offset, data) {
            Ok(written) => reply.written(written),
            Err(errno) => reply.error(errno),
        }
    }

    fn fsync(&self, _: &Request, ino: INodeNo, _: FileHandle, _datasync: bool, reply: ReplyEmpty) {
        end(reply, self.0.state().sync(ino.0, Kind::SyncFile));
    }

    fn fsyncdir(&self, _: &Request, ino: INodeNo, _: FileHandle, _datasync: bool, reply: ReplyEmpty) {
        end(reply, self.0.state().sync(ino.0, Kind::SyncFolder));
    }

    fn readdir(&self, _: &Request, ino: INodeNo, _: FileHandle, offset: u64, mut reply: ReplyDirectory) {
        let state = self.0.state();
        let Some(folder) = state.tree.folder(ino.0) else { return reply.error(Errno::ENOTDIR) };
        if state.names.get(&ino.0).is_some_and(|name| state.unlisted.contains(name)) {
            return reply.error(Errno::EIO);
        }
        let dots = [(OsStr::new("."), ino.0), (OsStr::new(".."), ino.0)];
        let all = dots.into_iter().chain(folder.now.iter().map(|(name, ino)| (name.as_os_str(), *ino)));
        for (place, (name, ino)) in (1..).zip(all).skip(usize::try_from(offset).unwrap_or(usize::MAX)) {
            let kind = if state.tree.folder(ino).is_some() { FileType::Directory } else { FileType::RegularFile };
            if reply.add(INodeNo(ino), place, kind, name) {
                break;
            }
        }
        reply.ok();
    }

    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        const BLOCKS: u64 = 1 << 20;
        reply.statfs(BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS, 4096, 255, 4096);
    }
}
