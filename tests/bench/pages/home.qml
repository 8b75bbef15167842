// SPDX-License-Identifier: GPL-3.0-or-later
// The home page and the choice of a queue, as jumin-ui draws them at 1080x1920. With a number after
// "--" it changes from one to the other and back, each time after so many milliseconds.
import QtQuick
import QtQuick.Window

Window {
  id: window
  visible: true
  visibility: Window.FullScreen
  width: 1080; height: 1920
  title: "居民自助服务终端"
  color: "#EEF3F1"
  property string kind: "home"

  component Words: Text {
    property bool bold: false
    font { family: "Noto Sans CJK SC"; pixelSize: 28; weight: bold ? Font.Bold : Font.Normal }
    color: "#0E211F"
  }
  component Soft: Words { color: "#384946" }
  component Icon: Image {
    property string name
    property int size: 40
    source: "icons/" + name + "-" + size + ".svg"
    sourceSize { width: size; height: size }
  }
  component Plate: Rectangle {
    property alias icon: icon.name
    property bool small: false
    width: small ? 72 : 104; height: width; radius: small ? 18 : 26
    Icon { id: icon; anchors.centerIn: parent; size: parent.small ? 44 : 64 }
  }
  component Card: Rectangle { color: "#FFFFFF"; radius: 28; border { width: 2; color: "#CBD6D3" } }
  // What can be pressed has a ledge, a hard shadow under it.
  component Pressed: Item {
    id: pressed
    property alias ground: face.color
    property alias edge: face.border.color
    property alias radius: face.radius
    property bool off: false
    property color ledge: "#A9BAB6"
    property int depth: 6
    default property alias inside: face.data
    Rectangle { visible: !pressed.off; y: pressed.depth; width: face.width; height: face.height; radius: face.radius; color: pressed.ledge }
    Rectangle {
      id: face
      anchors.fill: parent
      color: touch.pressed ? "#E0EFEB" : pressed.off ? "#F5F8F7" : "#FFFFFF"
      radius: 28; border { width: 2; color: "#748984" }
    }
    MouseArea { id: touch; anchors.fill: parent }
  }
  component Chip: Rectangle {
    property alias text: words.text
    property alias ink: words.color
    property string icon
    width: line.width + 36; height: 48; radius: 24; color: "#FFF2D6"
    Row {
      id: line
      anchors.centerIn: parent
      spacing: 8
      Icon { visible: parent.parent.icon !== ""; name: parent.parent.icon || "pin-5F3A00"; size: 28; anchors.verticalCenter: parent.verticalCenter }
      Words { id: words; bold: true; color: "#5F3A00" }
    }
  }
  component Service: Pressed {
    property alias icon: plate.icon
    property alias tint: plate.color
    property alias title: title.text
    property alias words: words.text
    property string chip
    property bool good: false
    width: 489; height: 280
    Plate { id: plate; x: 28; y: 26 }
    Loader {
      active: parent.parent.chip !== ""
      anchors { right: parent.right; top: parent.top; margins: 26 }
      sourceComponent: Chip { text: chip; color: good ? "#E0EFEB" : "#FFF2D6"; ink: good ? "#0A524D" : "#5F3A00" }
    }
    Words { id: title; x: 28; y: 152; bold: true; font.pixelSize: 44 }
    Soft { id: words; x: 28; y: 214 }
  }
  component Matter: Pressed {
    property alias icon: plate.icon
    property alias tint: plate.color
    property alias title: title.text
    property string persons
    property string minutes
    property string windows
    property real level
    width: 489; height: 194
    Plate { id: plate; x: 28; y: 20; small: true }
    Words { id: title; anchors { left: plate.right; leftMargin: 20; verticalCenter: plate.verticalCenter } bold: true; font.pixelSize: 40 }
    Rectangle {
      visible: !off
      x: 28; y: 110; width: 433; height: 12; radius: 6; color: "#CBD6D3"
      Rectangle { width: parent.width * level; height: 12; radius: 6; color: level > 0.9 ? "#F6B83C" : "#0A524D" }
    }
    Row { x: 28; y: 136; Words { text: persons; bold: true } Words { text: minutes } }
    Soft { y: 136; anchors { right: parent.right; rightMargin: 28 } text: windows }
  }
  component Key: Pressed {
    property alias icon: icon.name
    property alias text: words.text
    property color ink: "#FFFFFF"
    width: words.width + 34; height: 106; radius: 20; depth: 5
    ground: "#114B4A"; edge: "#5F9C94"; ledge: "#02201F"
    Icon { id: icon; y: 12; anchors.horizontalCenter: parent.horizontalCenter }
    Words { id: words; y: 54; anchors.horizontalCenter: parent.horizontalCenter; bold: !off; color: ink }
  }
  component Button: Pressed {
    property alias icon: icon.name
    property alias text: words.text
    property color ink: "#0A524D"
    width: line.width + 72; height: 96; radius: 22
    Row {
      id: line
      anchors.centerIn: parent
      spacing: 12
      Icon { id: icon; anchors.verticalCenter: parent.verticalCenter }
      Words { id: words; bold: true; font.pixelSize: 32; color: ink }
    }
  }
  component Option: Pressed {
    property alias icon: icon.name
    property alias text: words.text
    width: 238; height: 88; radius: 22
    Row {
      anchors.centerIn: parent
      spacing: 14
      Icon { id: icon; anchors.verticalCenter: parent.verticalCenter }
      Words { id: words; bold: true }
    }
  }
  component Fact: Column {
    property alias label: label.text
    property alias figure: figure.text
    property alias unit: unit.text
    property alias below: below.text
    width: 325; topPadding: 28
    Words { id: label; anchors.horizontalCenter: parent.horizontalCenter }
    Row {
      anchors.horizontalCenter: parent.horizontalCenter
      Words { id: figure; bold: true; font.pixelSize: 76 }
      Words { id: unit; bold: true; font.pixelSize: 32; anchors.baseline: figure.baseline }
    }
    Words { id: below; anchors.horizontalCenter: parent.horizontalCenter }
  }
  component Dot: Rectangle {
    property alias text: words.text
    property bool now: false
    width: 48; height: 48; radius: 24
    color: now ? "#0A524D" : "#FFFFFF"; border { width: 3; color: now ? "#0A524D" : "#748984" }
    Words { id: words; anchors.centerIn: parent; bold: true; color: parent.now ? "#FFFFFF" : "#384946" }
  }
  component StepLine: Rectangle { width: 244; height: 4; radius: 2; color: "#CBD6D3"; anchors.verticalCenter: parent.verticalCenter }
  component Page: Rectangle { width: 1080; height: 1780; color: "#EEF3F1"; Behavior on x { NumberAnimation { duration: 220; easing.type: Easing.OutCubic } } }

  Component {
    id: home
    Page {
      Rectangle {
        width: 1080; height: 618; clip: true
        gradient: Gradient { GradientStop { position: 0; color: "#06393A" } GradientStop { position: 1; color: "#0A4F4C" } }
        Image { source: "hero.svg" }
        Image { source: "rivers.svg"; anchors.bottom: parent.bottom }
      }
      Words { x: 40; y: 146; text: "您好，今天办什么事？"; bold: true; font.pixelSize: 62; color: "#FFFFFF" }
      Words { x: 40; y: 226; text: "先插卡，或者直接点下面的服务。"; font.pixelSize: 32; color: "#FFFFFF" }
      Card {
        x: 40; y: 290; width: 1000; height: 288
        Image { x: 26; y: 28; source: "card.svg"; sourceSize { width: 172; height: 232 } }
        Column {
          x: 220; anchors.verticalCenter: parent.verticalCenter
          spacing: 6
          Words { text: "插社保卡"; bold: true; font.pixelSize: 40 }
          Words { text: "芯片朝上，插到底，先别拔" }
          Chip { icon: "pin-5F3A00"; text: "屏幕右下方" }
        }
      }
      Grid {
        x: 40; y: 660; columns: 2; columnSpacing: 22; rowSpacing: 20
        Service { icon: "queue-0A524D"; tint: "#DCEDE9"; title: "取号排队"; words: "到窗口办事，先取号"; chip: "等候 32 人" }
        Service { icon: "fund-2D3F8B"; tint: "#E5E9F8"; title: "公积金"; words: "余额、明细、贷款查询" }
        Service { icon: "social-68285F"; tint: "#F5E5F2"; title: "社保"; words: "参保和权益查询" }
        Service { icon: "cert-68285F"; tint: "#F5E5F2"; title: "证明打印"; words: "缴存、结清、参保证明"; chip: "纸张充足"; good: true }
      }
      Pressed {
        x: 40; y: 1260; width: 1000; height: 116
        Plate { x: 30; y: 22; small: true; icon: "id-2D3F8B"; color: "#E5E9F8" }
        Words { x: 126; y: 14; text: "没带卡？"; bold: true; font.pixelSize: 32 }
        Soft { x: 126; y: 60; text: "可以用身份证号和短信验证码" }
        Icon { x: 930; anchors.verticalCenter: parent.verticalCenter; name: "go-0A524D" }
      }
      Rectangle {
        x: 40; y: 1678; width: 1000; height: 78; radius: 16; color: "#1D4A7C"
        Rectangle { x: 10; width: 990; height: 78; radius: 16; color: "#E4EDF7" }
        Icon { x: 38; name: "info-1D4A7C"; size: 44; anchors.verticalCenter: parent.verticalCenter }
        Words { x: 98; text: "婚姻登记：今天的号发完了，明天 9:00 再来"; bold: true; anchors.verticalCenter: parent.verticalCenter }
      }
    }
  }

  Component {
    id: choose
    Page {
      Words { x: 40; y: 240; text: "您要到窗口办什么？"; bold: true; font.pixelSize: 56 }
      Soft { x: 40; y: 314; text: "点一类业务，再按最下面的“取号”。"; font.pixelSize: 32 }
      Card {
        x: 40; y: 384; width: 1000; height: 230
        Row {
          x: 12
          Fact { label: "现在等候"; figure: "32"; unit: " 人" }
          Fact { label: "开放窗口"; figure: "13"; unit: " 个"; below: "10:25 的情况" }
          Fact { label: "大约等候"; figure: "5–40"; unit: " 分钟" }
        }
        Repeater { model: 2; Rectangle { x: 337 + index * 325; y: 28; width: 2; height: 130; color: "#CBD6D3" } }
      }
      Grid {
        x: 40; y: 642; columns: 2; columnSpacing: 22; rowSpacing: 20
        Matter { icon: "queue-0A524D"; tint: "#DCEDE9"; title: "综合受理"; level: 0.4; persons: "等 6 人"; minutes: "・10–15 分钟"; windows: "5–8 号窗" }
        Matter { icon: "card-68285F"; tint: "#F5E5F2"; title: "社保医保"; level: 0.93; persons: "等 14 人"; minutes: "・25–40 分钟"; windows: "9–12 号窗" }
        Matter { icon: "fund-2D3F8B"; tint: "#E5E9F8"; title: "公积金"; level: 0.2; persons: "等 3 人"; minutes: "・5–10 分钟"; windows: "13、14 号窗" }
        Matter { icon: "estate-0F4C72"; tint: "#DEECF6"; title: "不动产登记"; level: 0.6; persons: "等 9 人"; minutes: "・15–20 分钟"; windows: "15–17 号窗" }
        Matter { icon: "bill-7E3A08"; tint: "#FBE9D7"; title: "税务"; level: 0.03; persons: "等 0 人"; minutes: "・0–5 分钟"; windows: "18 号窗" }
        Matter { icon: "cert-384946"; tint: "#F5F8F7"; title: "婚姻登记"; off: true; minutes: "今天的号发完了，明天 9:00 再来" }
      }
      Row {
        x: 40; y: 1290; spacing: 18
        Words { text: "可以优先叫号"; bold: true; font.pixelSize: 32 }
        Soft { text: "叫到后请向窗口出示证件"; anchors.verticalCenter: parent.verticalCenter }
      }
      Row {
        x: 40; y: 1346; spacing: 16
        Option { icon: "elder-0A524D"; text: "60 岁以上" }
        Option { icon: "baby-0A524D"; text: "孕妇" }
        Option { icon: "reach-0A524D"; text: "残疾人" }
        Option { icon: "star-0A524D"; text: "军人" }
      }
      Pressed {
        x: 40; y: 1511; width: 1000; height: 112; radius: 22; off: true
        Row {
          anchors.centerIn: parent
          spacing: 18
          Icon { name: "queue-384946"; size: 56; anchors.verticalCenter: parent.verticalCenter }
          Soft { text: "先点一类业务，再取号"; bold: true; font.pixelSize: 38 }
        }
      }
    }
  }

  Component {
    id: chooseBars
    Item {
      Rectangle {
        y: 112; width: 1080; height: 100; color: "#FFFFFF"
        Rectangle { y: 98; width: 1080; height: 2; color: "#CBD6D3" }
        Row {
          x: 40; anchors.verticalCenter: parent.verticalCenter
          spacing: 18
          Dot { text: "1"; now: true } Words { text: "选业务"; bold: true; anchors.verticalCenter: parent.verticalCenter } StepLine {}
          Dot { text: "2" } Soft { text: "验身份"; anchors.verticalCenter: parent.verticalCenter } StepLine {}
          Dot { text: "3" } Soft { text: "取小票"; anchors.verticalCenter: parent.verticalCenter }
        }
      }
      Rectangle {
        y: 1645; width: 1080; height: 135; color: "#EEF3F1"
        Rectangle { width: 1080; height: 2; color: "#CBD6D3" }
        Button { x: 40; y: 16; icon: "back-0A524D"; text: "返回" }
        Button { x: 240; y: 16; icon: "home-0A524D"; text: "首页" }
        Image { x: 514; y: 30; source: "ring.svg" }
        Words { x: 514; y: 44; width: 70; horizontalAlignment: Text.AlignHCenter; text: "75"; bold: true }
        Soft { x: 596; y: 44; text: "秒后自动退出" }
        Button { x: 860; y: 16; icon: "exit-951616"; text: "退出"; ink: "#951616"; edge: "#951616" }
      }
    }
  }

  Item { id: pages; width: 1080; height: 1780 }
  Loader { sourceComponent: window.kind === "home" ? null : chooseBars }
  Rectangle {
    width: 1080; height: 112; color: window.kind === "home" ? "transparent" : "#06393A"
    Rectangle { x: 40; y: 22; width: 68; height: 68; radius: 18; Image { source: "door.svg"; anchors.centerIn: parent } }
    Words { x: 128; y: 18; text: "临江区政务服务中心"; bold: true; font.pixelSize: 34; color: "#FFFFFF" }
    Words { x: 128; y: 60; text: "居民自助服务终端 · 3 号机"; color: "#EAF5F2" }
    Words { anchors.right: parent.right; anchors.rightMargin: 40; y: 4; text: "10:26"; bold: true; font.pixelSize: 50; color: "#FFFFFF" }
    Words { anchors.right: parent.right; anchors.rightMargin: 40; y: 66; text: "11月21日 星期六"; color: "#EAF5F2" }
  }
  Rectangle {
    y: 1780; width: 1080; height: 140; color: "#06393A"
    Row {
      x: 24; y: 14; spacing: 12
      Key { icon: "big-FFFFFF"; text: "长辈模式" }
      Key { icon: "voice-EAF5F2"; text: "语音播报"; off: true; ground: "transparent"; ink: "#EAF5F2" }
      Key { icon: "contrast-FFFFFF"; text: "高对比" }
      Key { icon: "reach-FFFFFF"; text: "低位操作" }
      Key { icon: "lang-FFFFFF"; text: "中文/English" }
      Key { icon: "help-06393A"; text: "呼叫工作人员"; ground: "#FFFFFF"; edge: "#FFFFFF"; ink: "#06393A" }
    }
  }

  property Item page: home.createObject(pages)
  function change() {
    const old = page, side = kind === "home" ? 1 : -1;
    kind = kind === "home" ? "choose" : "home";
    page = (kind === "home" ? home : choose).createObject(pages, { x: side * 1080 });
    page.x = 0;
    old.x = -side * 1080;
    old.destroy(240);
  }
  Timer {
    property int ms: Number(Qt.application.arguments[Qt.application.arguments.length - 1]) || 0
    running: ms > 0; repeat: true; interval: Math.max(ms, 1)
    onTriggered: window.change()
  }
}
