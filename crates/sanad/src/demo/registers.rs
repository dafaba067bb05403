//! What the demo enters in the registers: a law, the devices and their contract, an auditor's remark, a test and its retest.

use centre::Centre;
use election::{ActId, PlainDate, Role};
use record::Body;
use record::register::acts::{Act, ActKind, Tested};
use record::register::equipment::{Custody, Item, ItemKind};

use super::Demo;
use crate::shell::Result;

fn act(id: &str) -> ActId {
    id.parse().expect("an id")
}

impl Demo<'_> {
    /// An act of the demo, by a paper of the demo.
    fn act(&self, room: &Centre, id: &str, kind: ActKind, issuer: &str, effect: &str) -> Result<Act> {
        Ok(Act::new(
            act(id),
            kind,
            format!("{issuer} (demo)"),
            format!("{id}/demo"),
            PlainDate(self.day(-30, "12:00").day()),
            room.keep_paper(format!("Paper {id} (demo)").as_bytes())?,
            format!("{effect} (demo)."),
        ))
    }

    fn registered(&self, room: &mut Centre, body: &Body) -> Result<()> {
        self.entered(room, body, &[Role::Officer]).map(drop)
    }

    /// The register of equipment, and the acts about it: what the first point of the statement counts.
    pub fn register(&self, room: &mut Centre) -> Result<()> {
        let law = self.act(
            room,
            "law",
            ActKind::Law,
            "Parliament",
            "Ballots are counted by devices, and by hand where these fail",
        )?;
        self.registered(room, &Body::Act(law))?;
        let bought = "Counting devices are bought, with their software and its source";
        let mut contract = self.act(room, "contract", ActKind::Contract, "Contracts office", bought)?;
        contract.under = Some(act("law"));
        for file in ["tender", "delivery", "acceptance", "payment"] {
            contract.annexes.insert(file.into(), room.keep_paper(format!("The {file} (demo)").as_bytes())?);
        }
        self.registered(room, &Body::Act(contract))?;
        for (number, (device, (station, key))) in (1..).zip(&self.frozen.keyring.devices) {
            let item = format!("device_{number}").parse().expect("an id");
            let own = Item {
                device: Some(device.clone()),
                key: Some(key.to_string()),
                contract: Some(act("contract")),
                build: crate::inputs::program(),
                station: Some(station.clone()),
                ..Item::new(item, ItemKind::Device, format!("DEMO-{number:05}"), "Law of elections, article 38 (demo)")
            };
            let handed = Custody {
                item: own.item.clone(),
                from: "Central store (demo)".into(),
                to: format!("Presiding officer of station {station} (demo)"),
                seals: vec![format!("SEAL-{number:05}")],
                at: self.day(-1, "09:00"),
                place: "Central store (demo)".into(),
                supersedes: None,
            };
            self.registered(room, &Body::Item(own))?;
            self.registered(room, &Body::Custody(handed))?;
        }
        self.audit(room)
    }

    /// A remark that was answered, and a finding that was mended and tested again.
    fn audit(&self, room: &mut Centre) -> Result<()> {
        let missing = "The acceptance of one device has no date";
        let mut remark = self.act(room, "remark", ActKind::Remark, "Audit board", missing)?;
        (remark.served, remark.answer_days) = (Some(self.day(-29, "09:00")), Some(10));
        remark.owner = Some("Contracts office (demo)".into());
        remark.items = ["device_1".parse().expect("an id")].into();
        self.registered(room, &Body::Act(remark))?;
        let found = "The minutes of the acceptance give the date";
        let mut reply = self.act(room, "reply", ActKind::Reply, "Contracts office", found)?;
        reply.answers = [act("remark")].into();
        reply.dated = PlainDate(self.day(-25, "12:00").day());
        reply.annexes.insert("evidence".into(), room.keep_paper(b"Minutes of the acceptance (demo)")?);
        self.registered(room, &Body::Act(reply))?;
        let tested = |version: &str| Tested {
            scope: "Link between stations and receiving service".into(),
            version: version.into(),
        };
        let weak = "A server accepts an outdated protocol";
        let mut report = self.act(room, "test", ActKind::TestReport, "Independent laboratory", weak)?;
        report.tested = Some(tested("demo 1"));
        self.registered(room, &Body::Act(report))?;
        let mended = "The outdated protocol is refused; no finding is left";
        let mut retest = self.act(room, "retest", ActKind::TestReport, "Independent laboratory", mended)?;
        retest.dated = PlainDate(self.day(-20, "12:00").day());
        (retest.tested, retest.answers) = (Some(tested("demo 2")), [act("test")].into());
        self.registered(room, &Body::Act(retest))
    }
}
